package org.ashar.portal.config;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an installation sets.
 *
 * @param services where each service listens: {@code http://127.0.0.1:8081}
 * @param gateway limits of calls to services
 * @param publicUrl how everybody reaches this portal, scheme and host alone: {@code
 *     https://ashar.example.org}; empty where whoever asks is believed
 */
@ConfigurationProperties("ashar")
public record PortalSettings(
        Map<String, URI> services,
        @DefaultValue Gateway gateway,
        @DefaultValue("") String publicUrl) {

    private static final Pattern SITE =
            Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /**
     * Limits of calls to services.
     *
     * @param connectLimit until a connection stands
     * @param timeLimit until an answer is there, whole
     * @param concurrency calls to one service at a time; less than the portal takes requests, so
     *     that a slow service leaves room for the others
     * @param queueLimit how long a call may wait for its turn
     * @param openFor how long a service that failed is left alone
     * @param streamsOfAddress streams of events that one address may have open
     */
    public record Gateway(
            @DefaultValue("1s") Duration connectLimit,
            @DefaultValue("5s") Duration timeLimit,
            @DefaultValue("100") int concurrency,
            @DefaultValue("250ms") Duration queueLimit,
            @DefaultValue("2s") Duration openFor,
            @DefaultValue("100") int streamsOfAddress) {}

    public PortalSettings {
        services = Map.copyOf(services);
        publicUrl = publicUrl.replaceFirst("/$", "");
        if (!publicUrl.isEmpty() && !SITE.matcher(publicUrl).matches()) {
            throw new IllegalArgumentException(
                    "ashar.public-url is to be http or https and a host, such as"
                            + " https://ashar.example.org, not "
                            + publicUrl);
        }
    }
}
