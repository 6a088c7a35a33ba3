package org.ashar.standalone;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where log lines go. The first logger that is made settles it for the whole process, so it must be
 * decided before; {@link Standalone#start} decides it for itself.
 */
public final class Logs {
    private static final String CONFIGURATION = "logback.configurationFile";

    private Logs() {}

    /** Into {@code folder}, rotated, 50 MB in all. The terminal stays for what people asked for. */
    static void into(Path folder) {
        System.setProperty("ashar.logs", folder.toString());
        configure("org/ashar/standalone/logback-folder.xml");
    }

    /** Nowhere but for errors, which go to the standard error stream. */
    public static void errorsAlone() {
        configure("org/ashar/standalone/logback-errors.xml");
    }

    private static void configure(String resource) {
        System.setProperty(CONFIGURATION, resource);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        // Set up now, by one thread: whoever logs meanwhile would be told so on the terminal.
        LoggerFactory.getILoggerFactory();
    }
}
