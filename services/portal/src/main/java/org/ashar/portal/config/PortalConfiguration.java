package org.ashar.portal.config;

import java.time.Duration;
import org.ashar.places.Places;
import org.ashar.web.MessageBundle;
import org.ashar.web.OpenAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that are not the portal's own classes. */
@Configuration(proxyBeanMethods = false)
class PortalConfiguration {

    @Bean
    MessageBundle portalMessages() {
        return new MessageBundle("portal");
    }

    /** Three times as long as a stream of events is silent. */
    @Bean
    OpenAnswers openAnswers() {
        return new OpenAnswers(2_000, Duration.ofSeconds(45));
    }

    @Bean
    Places bundledPlaces() {
        return Places.bundled();
    }
}
