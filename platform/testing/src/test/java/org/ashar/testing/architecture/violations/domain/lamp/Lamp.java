package org.ashar.testing.architecture.violations.domain.lamp;

import java.time.Clock;
import org.ashar.testing.DeciderSpec;
import org.ashar.testing.architecture.violations.domain.wick.Wick;

/** Reads a clock, sees a test library and leans on an aggregate that leans on it. */
public record Lamp(Clock clock, DeciderSpec<?, ?, ?> spec, Wick wick) {}
