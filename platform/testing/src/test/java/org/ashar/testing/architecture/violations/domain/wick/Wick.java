package org.ashar.testing.architecture.violations.domain.wick;

import org.ashar.testing.architecture.violations.domain.lamp.Lamp;

/** Closes a circle. */
public record Wick(Lamp lamp) {}
