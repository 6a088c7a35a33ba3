package org.ashar.accountability.witness;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.ledger.PastLogs;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Witnesses put together. Read from the environment: {@code ashar.ledger.witnesses}, address and
 * vkey of each; {@code ashar.ledger.quorum}, how many of them are enough.
 */
@Configuration(proxyBeanMethods = false)
class WitnessConfiguration {

    @Bean
    WitnessSettings witnessSettings(Environment environment) {
        return WitnessSettings.of(
                environment.getProperty(WitnessSettings.WITNESSES, ""),
                environment.getProperty(WitnessSettings.QUORUM, ""));
    }

    @Bean
    WitnessStore witnessStore(MongoDatabase database, Ledger ledger) {
        return new WitnessStore(database, ledger.log());
    }

    @Bean
    WitnessedLog witnessedLog(
            Ledger ledger, WitnessStore store, WitnessSettings settings, MeterRegistry meters) {
        WitnessedLog log = new WitnessedLog(ledger, store, settings.policy());
        Gauge.builder("ashar.ledger.witnessed", log::reliedSize)
                .description("Entries that a checkpoint covers which enough witnesses cosigned")
                .register(meters);
        return log;
    }

    @Bean
    WitnessedPast witnessedPast(PastLogs past, MongoDatabase database) {
        return new WitnessedPast(past, database);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Witnesses witnesses(Ledger ledger, WitnessStore store, WitnessSettings settings) {
        return new Witnesses(ledger, store, settings, Witnesses.Pace.USUAL);
    }
}
