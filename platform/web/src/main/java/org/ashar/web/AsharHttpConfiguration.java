package org.ashar.web;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.core.StandardHost;
import org.ashar.json.AsharJson;
import org.ashar.security.TokenVerifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * HTTP for an application of Ashar: Tomcat on virtual threads, JSON, problems, languages, limits,
 * health. What an application does not name is not there: no other auto-configuration takes part.
 */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:org/ashar/web/defaults.properties")
@ImportAutoConfiguration
@Import({ProblemAdvice.class, DefaultCaching.class})
public class AsharHttpConfiguration {

    /** Of trailers behind a body, which nobody needs: the server has room for them made ready. */
    private static final String TRAILER_BYTES = "512";

    /** What is read from a connection at once: most requests are smaller. */
    private static final String READ_BYTES = "2048";

    /** Where a date ends at midnight. */
    @Bean
    ZoneId zone(Environment environment) {
        return ZoneId.of(environment.getProperty("ashar.zone", "Asia/Bishkek"));
    }

    @Bean
    Languages languages(Environment environment) {
        return new Languages(environment.getProperty("ashar.language", "ky"));
    }

    @Bean
    MessageBundle kernelMessages() {
        return new MessageBundle("kernel");
    }

    @Bean
    MessageBundle webMessages() {
        return new MessageBundle("web");
    }

    @Bean
    Messages messages(List<MessageBundle> bundles) {
        return Messages.of(bundles.stream().map(MessageBundle::module).toList());
    }

    @Bean
    Problems problems(Messages messages, Languages languages, ObjectProvider<ProblemPages> pages) {
        return new Problems(messages, languages, pages.getIfAvailable());
    }

    @Bean
    FilterRegistrationBean<RequestGate> requestGate(Problems problems, Environment environment) {
        int atOnce = environment.getProperty("ashar.requests-at-once", Integer.class, 256);
        var gate = new FilterRegistrationBean<>(new RequestGate(problems, atOnce));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return gate;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemsOfTheServer(
            Problems problems) {
        return factory ->
                factory.addContextCustomizers(
                        context -> {
                            StandardHost host = (StandardHost) context.getParent();
                            host.setErrorReportValveClass(null);
                            host.getPipeline().addValve(new ProblemValve(problems));
                        });
    }

    /** Each open connection holds these buffers for as long as it is open, followers for hours. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> smallConnections() {
        return factory ->
                factory.addConnectorCustomizers(
                        connector -> {
                            connector.setProperty("maxTrailerSize", TRAILER_BYTES);
                            connector.setProperty("socket.appReadBufSize", READ_BYTES);
                        });
    }

    /**
     * Nothing is served from files, so there is no welcome page to look for; whoever looked would
     * warn of every Accept header that cannot be read.
     */
    @Bean
    static BeanDefinitionRegistryPostProcessor noWelcomePage() {
        return registry -> {
            registry.removeBeanDefinition("welcomePageHandlerMapping");
            registry.removeBeanDefinition("welcomePageNotAcceptableHandlerMapping");
        };
    }

    /** Asked last: what no controller answers is not found, and nothing to warn of. */
    @Bean
    SimpleUrlHandlerMapping noSuchPath(Problems problems) {
        HttpRequestHandler notFound =
                (request, response) -> problems.write(Problems.of(404), request, response);
        return new SimpleUrlHandlerMapping(Map.of("/**", notFound), Ordered.LOWEST_PRECEDENCE);
    }

    @Bean
    WebMvcConfigurer asharMvc(
            Languages languages,
            ObjectProvider<TokenVerifier> tokens,
            ObjectProvider<CommandRequests> commands) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
                builder.withJsonConverter(new JacksonJsonHttpMessageConverter(AsharJson.strict()));
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                Optional<Callers> callers =
                        Optional.ofNullable(tokens.getIfAvailable()).map(Callers::new);
                resolvers.add(
                        new RequestArguments<>(
                                Query.class,
                                request ->
                                        new Query(
                                                request,
                                                callers.flatMap(known -> known.optional(request)),
                                                languages.of(request))));
                callers.ifPresent(
                        known ->
                                resolvers.add(
                                        new RequestArguments<>(
                                                Operator.class,
                                                request -> Operator.of(known.required(request)))));
                commands.ifAvailable(
                        known ->
                                resolvers.add(
                                        new RequestArguments<>(CommandRequest.class, known::of)));
            }
        };
    }
}
