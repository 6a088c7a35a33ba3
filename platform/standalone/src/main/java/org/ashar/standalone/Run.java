package org.ashar.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process that runs on a data folder, as its file {@code run.json} says.
 *
 * @param pid the process id
 * @param started when that process started: a process id alone may have gone to another program
 * @param state how far it is
 * @param address where the public door listens, such as {@code http://127.0.0.1:8080}
 * @param ports the port of each service by its name, and those of store and broker where they are
 *     inside this process
 */
public record Run(
        long pid, Instant started, State state, String address, Map<String, Integer> ports) {

    /** How far a process is between its start and its end. */
    public enum State {
        STARTING,
        READY,
        STOPPING
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MAX_BYTES = 16 * 1024;

    public Run {
        ports = new TreeMap<>(ports);
    }

    /** This process, about to listen on {@code address}. */
    static Run ofThisProcess(String address) {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
        return new Run(self.pid(), self.started(), State.STARTING, address, Map.of());
    }

    Run with(State next, Map<String, Integer> nextPorts) {
        return new Run(pid, started, next, address, nextPorts);
    }

    /**
     * What {@code folder} says of its last process, which may be gone; empty where it was stopped
     * as it should be or never ran. Throws {@link StandaloneException} where the file is damaged.
     */
    public static Optional<Run> in(Path folder) {
        Path file = folder.resolve(DataFolder.RUN);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StandaloneException(file + " is no file of Ashar's: it is too large");
            }
            return Optional.of(JSON.readValue(Files.readString(file), Run.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new StandaloneException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(Path folder) throws IOException {
        DurableFile.write(folder.resolve(DataFolder.RUN), JSON.writeValueAsString(this) + "\n");
    }

    /** The process, if it still lives: not merely another one under the same id. */
    public Optional<ProcessHandle> process() {
        return new ProcessIdentity(pid, started).find();
    }
}
