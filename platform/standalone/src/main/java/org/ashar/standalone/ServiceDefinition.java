package org.ashar.standalone;

/**
 * A service as the process sees it.
 *
 * @param name the service's name, which is its {@code spring.config.name} too
 * @param application its Spring Boot application; it must answer {@code GET
 *     /actuator/health/readiness} with 200 once it is ready
 */
public record ServiceDefinition(String name, Class<?> application) {}
