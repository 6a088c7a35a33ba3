package org.ashar.standalone;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A service that cannot start. */
@SpringBootConfiguration
@EnableAutoConfiguration
class BrokenApplication {
    @Bean
    String lamp() {
        throw new IllegalStateException("the lamp is out");
    }
}
