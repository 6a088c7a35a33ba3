package org.ashar.web;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import org.ashar.security.TokenVerifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Callers and their commands. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    @Bean(destroyMethod = "close")
    TokenVerifier tokenVerifier(Environment environment, Clock clock) {
        return new TokenVerifier(
                new TokenVerifier.Settings(
                        environment.getRequiredProperty("ashar.issuer"),
                        URI.create(environment.getRequiredProperty("ashar.jwks")),
                        environment.getRequiredProperty("ashar.secret")),
                clock);
    }

    @Bean
    CommandRequests commandRequests(
            TokenVerifier tokens,
            PlaceRegistry places,
            Clock clock,
            ZoneId zone,
            Environment environment) {
        return new CommandRequests(
                new Callers(tokens),
                new ClientLimits(
                        environment.getProperty("ashar.commands-per-second", Double.class, 500.0),
                        environment.getProperty("ashar.commands-at-once", Integer.class, 2_000),
                        System::nanoTime),
                places,
                clock,
                zone);
    }
}
