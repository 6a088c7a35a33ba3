package org.ashar.web;

import java.util.Map;
import org.ashar.eventstore.EventStore;
import org.ashar.eventstore.RelayStatus;
import org.ashar.kernel.Checked;
import org.ashar.kernel.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an operator may see and do in every service. Not reachable through the public door. */
@RestController
final class OperatorEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorEndpoints.class);

    private final EventStore store;

    OperatorEndpoints(EventStore store) {
        this.store = store;
    }

    /** How far the relay to Kafka is behind. */
    @GetMapping("/internal/relay")
    RelayStatus relay(Operator operator) {
        return store.relay().status();
    }

    /** Sends a stream's published events again, as they are; consumers drop what they have. */
    @PostMapping("/internal/republish/{type}/{id}")
    Map<String, Long> republish(
            Operator operator, @PathVariable String type, @PathVariable String id) {
        StreamId stream =
                switch (StreamId.parse(type + "/" + id)) {
                    case Checked.Valid<StreamId>(StreamId known) -> known;
                    case Checked.Invalid<StreamId> _ ->
                            throw new ProblemException(Problem.of(404, "stream.malformed"));
                };
        LOG.info("{} republishes {}", operator.actor(), stream);
        return Map.of("published", store.republish(stream));
    }
}
