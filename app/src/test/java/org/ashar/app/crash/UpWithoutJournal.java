package org.ashar.app.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.ashar.app.Services;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.ashar.standalone.Standalone;
import org.ashar.standalone.StandaloneSettings;

/**
 * What {@code ./ashar up} starts, on a store whose journal is off: it exists to show that the crash
 * test notices.
 */
final class UpWithoutJournal {

    private UpWithoutJournal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Path.of(arguments[0]);
        try (EmbeddedStore store =
                EmbeddedStore.open(
                        data.resolveSibling("store-without-journal"),
                        EmbeddedStoreOptions.defaults().withoutJournal())) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("ASHAR_MONGODB_URI", store.uri());
            Standalone standalone =
                    Standalone.start(
                            new StandaloneSettings(
                                    data,
                                    "127.0.0.1",
                                    Integer.parseInt(arguments[1]),
                                    Clock.systemUTC(),
                                    environment,
                                    Services.FRONT,
                                    Services.BEHIND),
                            step -> {});
            new CountDownLatch(1).await();
            standalone.close();
        }
    }
}
