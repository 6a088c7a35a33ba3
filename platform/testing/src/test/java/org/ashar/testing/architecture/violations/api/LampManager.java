package org.ashar.testing.architecture.violations.api;

import org.ashar.testing.DeciderSpec;

/**
 * Has a name that says nothing, state bound to a thread, state that all share, and sees another
 * module.
 */
public class LampManager {
    static int count;
    static final ThreadLocal<DeciderSpec<?, ?, ?>> CURRENT = new ThreadLocal<>();
}
