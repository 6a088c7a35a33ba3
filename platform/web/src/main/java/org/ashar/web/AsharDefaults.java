package org.ashar.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.ashar.kernel.Checked;
import org.ashar.places.Place;
import org.ashar.places.PlaceLookup;
import org.ashar.places.Places;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application gets unless it brings its own; looked at after all its own beans. */
@Configuration(proxyBeanMethods = false)
class AsharDefaults {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    /** The places of the bundled classifier. */
    @Bean
    @ConditionalOnMissingBean
    PlaceRegistry places() {
        return (scheme, code, on) ->
                switch (Places.bundled().lookUp(scheme, code, on)) {
                    case PlaceLookup.Found(Place place) -> Checked.valid(place.ref(on));
                    case PlaceLookup.Unknown _ -> Checked.invalid("place.unknown");
                    case PlaceLookup.NotValidOn _ ->
                            Checked.invalid(
                                    "place.not-valid-on-date", Map.of("date", on.toString()));
                };
    }
}
