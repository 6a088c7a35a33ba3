package org.ashar.bench;

import java.net.URI;
import java.nio.file.Path;

/**
 * An instance that somebody else started.
 *
 * @param door its public door
 * @param data its data folder, whose key signs the tokens
 */
record Running(URI door, Path data) {}
