package org.ashar.standalone;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ashar.standalone.Format.BrokerKind;
import org.ashar.standalone.Format.StoreKind;
import org.jspecify.annotations.Nullable;

/**
 * Which store and broker to use, and under which name: what the environment asks for, held against
 * what the data folder is fixed to. A folder always reopens with what made it.
 *
 * @param format what the folder is, or will be, fixed to
 * @param mongod the program to run, where the store is a {@code mongod}
 */
record Choice(Format format, @Nullable Path mongod) {
    static final String MONGODB_URI = "ASHAR_MONGODB_URI";
    static final String MONGOD = "ASHAR_MONGOD";
    static final String KAFKA_BOOTSTRAP = "ASHAR_KAFKA_BOOTSTRAP";
    static final String INSTALLATION = "ASHAR_INSTALLATION";

    /** Throws {@link StandaloneException} where the two do not go together. */
    static Choice of(Map<String, String> environment, Optional<Format> fixed, Clock clock) {
        String uri = environment.get(MONGODB_URI);
        String named = environment.get(MONGOD);
        if (uri != null && named != null) {
            throw new StandaloneException(
                    MONGODB_URI + " and " + MONGOD + " are both set: unset one of them");
        }
        StoreKind asked =
                uri != null ? StoreKind.EXTERNAL : named != null ? StoreKind.MONGOD : null;
        Optional<Path> mongod =
                named != null
                        ? Optional.of(executable(named))
                        : onPath(environment.getOrDefault("PATH", ""));
        StoreKind store =
                fixed.map(Format::store)
                        .orElseGet(
                                () ->
                                        asked != null
                                                ? asked
                                                : mongod.isPresent()
                                                        ? StoreKind.MONGOD
                                                        : StoreKind.EMBEDDED);
        BrokerKind askedBroker =
                environment.containsKey(KAFKA_BOOTSTRAP)
                        ? BrokerKind.EXTERNAL
                        : BrokerKind.EMBEDDED;
        BrokerKind broker = fixed.map(Format::broker).orElse(askedBroker);
        if (asked != null && asked != store) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "the data folder was made with %s and reopens with it alone, but %s is set: unset it, or name another folder with --data",
                            name(store),
                            uri != null ? MONGODB_URI : MONGOD));
        }
        if (store == StoreKind.EXTERNAL && uri == null) {
            throw new StandaloneException(
                    "the data folder was made with a MongoDB server: set " + MONGODB_URI);
        }
        if (store == StoreKind.MONGOD && mongod.isEmpty()) {
            throw new StandaloneException(
                    "the data folder was made with a mongod, and none is on the PATH: name one with "
                            + MONGOD);
        }
        if (broker != askedBroker) {
            throw new StandaloneException(
                    broker == BrokerKind.EXTERNAL
                            ? "the data folder was made with a Kafka cluster: set "
                                    + KAFKA_BOOTSTRAP
                            : String.format(
                                    Locale.ROOT,
                                    "the data folder was made with the broker inside, but %s is set: unset it, or name another folder with --data",
                                    KAFKA_BOOTSTRAP));
        }
        return new Choice(
                new Format(
                        installation(environment, fixed),
                        store,
                        broker,
                        fixed.map(Format::founded)
                                .orElseGet(
                                        () ->
                                                LocalDate.ofInstant(
                                                        clock.instant(), ZoneOffset.UTC))),
                store == StoreKind.MONGOD ? mongod.orElse(null) : null);
    }

    private static String installation(Map<String, String> environment, Optional<Format> fixed) {
        String asked = environment.get(INSTALLATION);
        if (fixed.isEmpty()) {
            return asked != null ? asked : anyName();
        }
        String installation = fixed.get().installation();
        if (asked != null && !asked.equals(installation)) {
            throw new StandaloneException(
                    String.format(
                            Locale.ROOT,
                            "this installation is called '%s' from its first start on, and its events say so; %s is '%s': unset it",
                            installation,
                            INSTALLATION,
                            asked));
        }
        return installation;
    }

    /** Short, and unlikely to be any other installation's. */
    private static String anyName() {
        return new SecureRandom()
                .ints(6, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining("", "local-", ""));
    }

    private static Path executable(String named) {
        Path path = Path.of(named).toAbsolutePath();
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            throw new StandaloneException(MONGOD + " names no program: " + named);
        }
        return path;
    }

    private static Optional<Path> onPath(String path) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static String name(StoreKind store) {
        return switch (store) {
            case EMBEDDED -> "the embedded store";
            case MONGOD -> "a mongod";
            case EXTERNAL -> "a MongoDB server";
        };
    }
}
