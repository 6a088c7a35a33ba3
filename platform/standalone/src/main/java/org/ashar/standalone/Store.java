package org.ashar.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;

/** The store that is running, of whichever kind. */
sealed interface Store {
    String MEMTABLE_BYTES = "ASHAR_STORE_MEMTABLE_BYTES";

    /** Where it answers, for the MongoDB driver; may hold credentials. */
    String uri();

    /** One line for whoever starts Ashar: which store it is and what that means. */
    String description();

    /** What services on it tell of it; empty where it is not in this process. */
    default Optional<StoreHealth> health() {
        return Optional.empty();
    }

    /** Ends it, if it is ours to end; all that was acknowledged is on disk. */
    void stop();

    static Store start(
            Choice choice, DataFolder folder, Map<String, String> environment, Ports ports) {
        return switch (choice.format().store()) {
            case EMBEDDED -> inside(folder.store(), options(environment));
            case MONGOD -> {
                Path program = choice.mongod();
                if (program == null) {
                    throw new IllegalStateException("a mongod was chosen, but which?");
                }
                yield new OfMongod(Mongod.start(program, folder.store(), ports.free("127.0.0.1")));
            }
            case EXTERNAL -> new External(environment.getOrDefault(Choice.MONGODB_URI, ""));
        };
    }

    /** The usual numbers of an embedded store, but for what the environment asks otherwise. */
    private static EmbeddedStoreOptions options(Map<String, String> environment) {
        EmbeddedStoreOptions usual = EmbeddedStoreOptions.defaults();
        String asked = environment.get(MEMTABLE_BYTES);
        if (asked == null) {
            return usual;
        }
        if (!asked.matches("[1-9][0-9]{3,8}")) {
            throw new StandaloneException(
                    MEMTABLE_BYTES + " is a number of bytes from 1000 to 999999999, not " + asked);
        }
        return new EmbeddedStoreOptions(Long.parseLong(asked), usual.cacheBytes(), usual.journal());
    }

    private static Store inside(Path folder, EmbeddedStoreOptions options) {
        try {
            return new Inside(EmbeddedStore.open(folder, options));
        } catch (IOException e) {
            throw new StandaloneException(folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The embedded store, in this process. */
    record Inside(EmbeddedStore store) implements Store {
        @Override
        public String uri() {
            return store.uri();
        }

        @Override
        public String description() {
            return "embedded, on this disk: each answer waits until its data is on it; meant for up to 50,000 promises,"
                    + " beyond that name a MongoDB with "
                    + Choice.MONGODB_URI;
        }

        @Override
        public Optional<StoreHealth> health() {
            return Optional.of(new StoreHealth(store::troubles));
        }

        @Override
        public void stop() {
            store.close();
        }
    }

    /** A {@code mongod} that this process runs on the data folder. */
    record OfMongod(Mongod mongod) implements Store {
        @Override
        public String uri() {
            return mongod.uri();
        }

        @Override
        public String description() {
            return mongod.program() + ", run on the data folder and stopped together with Ashar";
        }

        @Override
        public void stop() {
            mongod.stop();
        }
    }

    /** A server that others run. */
    record External(String uri) implements Store {
        @Override
        public String description() {
            return "the MongoDB server at "
                    + withoutCredentials(uri)
                    + ", which is yours to keep and back up";
        }

        @Override
        public void stop() {
            // others run it
        }

        private static String withoutCredentials(String uri) {
            try {
                String authority = new URI(uri).getRawAuthority();
                return authority == null
                        ? Choice.MONGODB_URI
                        : authority.substring(authority.lastIndexOf('@') + 1);
            } catch (URISyntaxException e) {
                // never shown: it may hold a password
                return Choice.MONGODB_URI;
            }
        }

        /** Without the credentials. */
        @Override
        public String toString() {
            return "External[" + withoutCredentials(uri) + "]";
        }
    }
}
