package org.ashar.standalone;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What to start, and where.
 *
 * @param data the data folder
 * @param host the address that the front listens on; all else listens on loopback alone
 * @param port the front's port; 0 for any free one
 * @param clock tells the day on which a new folder is founded
 * @param environment the process environment: the ASHAR_… settings and the PATH are read from it
 * @param front the service that serves the public; it stops first
 * @param services the services behind it, each on a loopback port of its own
 */
public record StandaloneSettings(
        Path data,
        String host,
        int port,
        Clock clock,
        Map<String, String> environment,
        ServiceDefinition front,
        List<ServiceDefinition> services) {

    public StandaloneSettings {
        environment = Map.copyOf(environment);
        services = List.copyOf(services);
        if (port < 0 || port > 65_535) {
            throw new StandaloneException(
                    "there is no port " + port + ": a port is 1 to 65535, or 0 for any free one");
        }
    }
}
