package org.ashar.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Says of every answer that says nothing itself how it may be kept: what was read with a token not
 * at all, anything else only to be asked for again.
 */
@RestControllerAdvice
final class DefaultCaching implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(
            MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        if (headers.getFirst(HttpHeaders.CACHE_CONTROL) == null) {
            boolean personal = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null;
            headers.setCacheControl(personal ? "private, no-store" : "no-cache");
        }
        return body;
    }
}
