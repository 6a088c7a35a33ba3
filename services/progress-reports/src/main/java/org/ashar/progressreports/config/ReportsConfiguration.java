package org.ashar.progressreports.config;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.EventStore;
import org.ashar.messaging.ViewRunner;
import org.ashar.messaging.ViewSettings;
import org.ashar.progressreports.domain.report.ReportCommand;
import org.ashar.progressreports.domain.report.ReportEvent;
import org.ashar.progressreports.domain.report.ReportState;
import org.ashar.progressreports.readmodel.record.DueReports;
import org.ashar.progressreports.readmodel.record.PlaceRecordReader;
import org.ashar.progressreports.readmodel.record.RecordReader;
import org.ashar.progressreports.readmodel.record.RecordView;
import org.ashar.web.KafkaSettings;
import org.ashar.web.MessageBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The service's own parts: reports, and the record they belong to. */
@Configuration(proxyBeanMethods = false)
class ReportsConfiguration {

    @Bean
    MessageBundle ownMessages() {
        return new MessageBundle("progress-reports");
    }

    @Bean
    CommandHandler<ReportCommand, ReportState, ReportEvent> reports(EventStore store) {
        CommandHandler<ReportCommand, ReportState, ReportEvent> reports =
                store.handler(ReportAggregate.TYPE);
        ReportAggregate.createIndexes(reports.currents());
        return reports;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ViewRunner recordRunner(
            MongoDatabase database, KafkaSettings settings, Environment environment, Clock clock) {
        Map<String, Object> kafka = new HashMap<>(settings.client());
        String instance = environment.getProperty("ashar.instance", "");
        if (!instance.isBlank()) {
            kafka.put("group.instance.id", instance);
        }
        return new ViewRunner(
                database,
                RecordView.VIEW,
                ViewSettings.of(environment.getRequiredProperty("ashar.installation"), kafka),
                clock);
    }

    @Bean
    RecordReader recordReader(ViewRunner recordRunner, ZoneId zone) {
        return new RecordReader(recordRunner.reader(), zone);
    }

    @Bean
    PlaceRecordReader placeRecordReader(ViewRunner recordRunner, ZoneId zone) {
        return new PlaceRecordReader(recordRunner.reader(), zone);
    }

    @Bean
    DueReports dueReports(ViewRunner recordRunner, ZoneId zone) {
        return new DueReports(recordRunner.reader(), zone);
    }

    @Bean
    RecordMeters recordMeters(ViewRunner recordRunner, MeterRegistry meters) {
        return new RecordMeters(recordRunner, meters);
    }

    /** How the record keeps up, as gauges. */
    static final class RecordMeters {

        RecordMeters(ViewRunner record, MeterRegistry meters) {
            Gauge.builder("ashar.view.lag.events", () -> record.status().lagEvents())
                    .tag("view", RecordView.NAME)
                    .description("Events published and not yet in the view")
                    .register(meters);
            Gauge.builder("ashar.view.lag", () -> record.status().lag().toMillis() / 1000.0)
                    .tag("view", RecordView.NAME)
                    .baseUnit("seconds")
                    .register(meters);
            Gauge.builder("ashar.view.held", () -> record.status().held())
                    .tag("view", RecordView.NAME)
                    .description("Events that wait for an earlier one of their stream")
                    .register(meters);
            Gauge.builder("ashar.view.parked", () -> record.status().parked())
                    .tag("view", RecordView.NAME)
                    .description("Events that could not be applied")
                    .register(meters);
        }
    }
}
