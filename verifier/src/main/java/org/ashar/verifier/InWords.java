package org.ashar.verifier;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what failed, to people who know no Java. */
final class InWords {

    private static final String NO_HOST = "no computer of that name is known";

    private InWords() {}

    static String of(IOException failed) {
        return switch (failed) {
            case UnknownHostException _ -> NO_HOST;
            case ConnectException e ->
                    e.getCause() instanceof UnresolvedAddressException
                            ? NO_HOST
                            : "nobody answers there";
            case HttpTimeoutException _ -> "no answer in time";
            case EOFException _ -> "the answer was cut";
            case SSLException e -> "the connection is not safe (" + detail(e.getMessage()) + ")";
            case NoSuchFileException e -> e.getFile() + " is not there";
            case AccessDeniedException e -> e.getFile() + " may not be read or written";
            case FileSystemException e -> e.getFile() + ": " + detail(e.getReason());
            default -> detail(failed.getMessage());
        };
    }

    private static String detail(@Nullable String message) {
        return message == null || message.isEmpty() ? "it failed" : message;
    }
}
