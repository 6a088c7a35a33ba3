package org.ashar.embedded.journal;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with one store. Each trouble stays for as long as the store is open and is logged
 * when it is met first, however often it is met again.
 */
public final class Troubles {
    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    private final Set<Trouble> met = EnumSet.noneOf(Trouble.class);

    public void meet(Trouble trouble, Throwable cause) {
        boolean first;
        synchronized (met) {
            first = met.add(trouble);
        }
        if (first) {
            log.error("{}", trouble.reason(), cause);
        }
    }

    /** Those met so far. */
    public Set<Trouble> met() {
        synchronized (met) {
            return EnumSet.copyOf(met);
        }
    }
}
