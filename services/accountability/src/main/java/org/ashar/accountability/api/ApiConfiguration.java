package org.ashar.accountability.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.ashar.web.OpenAnswers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the HTTP of the ledger is made of beside its controllers. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    private static final int MOST_FOLLOWERS = 2_000;

    @Bean
    OpenAnswers followers(MeterRegistry meters) {
        OpenAnswers followers = new OpenAnswers(MOST_FOLLOWERS, Follower.SILENCE.multipliedBy(2));
        Gauge.builder("ashar.ledger.followers", followers::count)
                .description("Streams of events that are open")
                .register(meters);
        return followers;
    }
}
