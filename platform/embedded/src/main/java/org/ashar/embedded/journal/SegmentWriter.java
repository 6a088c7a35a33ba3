package org.ashar.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes frames, each to the segment that it names, one segment after another. */
final class SegmentWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SegmentWriter.class);

    private final Path directory;
    private @Nullable Segment open;
    private long number;

    SegmentWriter(Path directory) {
        this.directory = directory;
    }

    /** Appends a sealed frame and returns when it is on disk. */
    void write(Frame frame) throws IOException {
        ByteBuffer bytes = frame.sealed();
        Segment segment = open;
        if (segment == null || frame.segment() != number) {
            if (segment != null) {
                segment.close();
            }
            number = frame.segment();
            segment = Segment.create(directory, number, bytes.getLong(8));
            open = segment;
        }
        segment.write(bytes);
    }

    /** What was written is on disk already. */
    @Override
    public void close() {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.warn("closing a journal segment whose content is already on disk", e);
            }
        }
    }
}
