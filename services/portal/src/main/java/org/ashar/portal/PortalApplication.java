package org.ashar.portal;

import org.ashar.portal.config.PortalSettings;
import org.ashar.web.AsharHttpConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Starts the portal. It keeps nothing: all it shows comes from the services by HTTP. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@Import(AsharHttpConfiguration.class)
@EnableConfigurationProperties(PortalSettings.class)
public class PortalApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PortalApplication.class)
                .properties("spring.config.name=portal")
                .run(arguments);
    }
}
