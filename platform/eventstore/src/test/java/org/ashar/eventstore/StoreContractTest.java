package org.ashar.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ashar.embedded.EmbeddedStore;
import org.ashar.embedded.EmbeddedStoreOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract on servers that are to keep it, and on such as break it and must be found out. */
class StoreContractTest {

    @TestFactory
    Stream<DynamicTest> on_the_embedded_store(@TempDir Path folder) throws IOException {
        EmbeddedStore store = EmbeddedStore.open(folder, EmbeddedStoreOptions.defaults());
        return on(() -> Fixture.Server.at(store.uri(), store::close));
    }

    @TestFactory
    Stream<DynamicTest> in_memory() {
        return on(Fixture.Server::inMemory);
    }

    @TestFactory
    Stream<DynamicTest> on_the_server_named_by_ASHAR_MONGODB_URI_or_a_mongod_on_the_path() {
        return whereThereIs(
                OwnMongod.named().or(OwnMongod::started),
                "no ASHAR_MONGODB_URI and no mongod on the PATH");
    }

    @TestFactory
    Stream<DynamicTest> on_MongoDB_in_a_container() {
        return whereThereIs(
                Containers.mongo(),
                "no container engine, or it has not the image of docker-compose.yml");
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_server_is_found_out(BrokenBackend.Fault fault) {
        List<String> broken = new ArrayList<>();
        try (Fixture.Server server = Fixture.Server.inMemory(new BrokenBackend(fault))) {
            for (Map.Entry<String, StoreContract.Check> check : StoreContract.checks().entrySet()) {
                try {
                    hold(server.database(), check.getValue());
                } catch (Exception | AssertionError e) {
                    broken.add(check.getKey());
                }
            }
        }
        assertThat(broken).isNotEmpty();
    }

    private static Stream<DynamicTest> whereThereIs(
            Optional<Fixture.Server> server, String otherwise) {
        return server.isEmpty()
                ? Stream.of(DynamicTest.dynamicTest("not run", () -> abort(otherwise)))
                : on(server::orElseThrow);
    }

    private static Stream<DynamicTest> on(Supplier<Fixture.Server> start) {
        Fixture.Server server = start.get();
        return StoreContract.checks().entrySet().stream()
                .map(
                        check ->
                                DynamicTest.dynamicTest(
                                        check.getKey(),
                                        () -> hold(server.database(), check.getValue())))
                .onClose(server::close);
    }

    private static void hold(MongoDatabase database, StoreContract.Check check) throws Exception {
        try (StoreContract.Setting setting = StoreContract.Setting.open(database)) {
            check.holdsOn(setting);
        } finally {
            database.drop();
        }
    }
}
