package org.ashar.portal.config;

import org.ashar.places.Places;
import org.ashar.web.MessageBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that are not the portal's own classes. */
@Configuration(proxyBeanMethods = false)
class PortalConfiguration {

    @Bean
    MessageBundle portalMessages() {
        return new MessageBundle("portal");
    }

    @Bean
    Places bundledPlaces() {
        return Places.bundled();
    }
}
