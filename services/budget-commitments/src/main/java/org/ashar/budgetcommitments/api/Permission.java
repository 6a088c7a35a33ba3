package org.ashar.budgetcommitments.api;

import java.util.List;
import java.util.Locale;

/** Who may give which command, for the exact place. */
public enum Permission {
    DRAFT("officer", "head"),
    EDIT("officer", "head"),
    DISCARD("officer", "head"),
    PUBLISH("head"),
    START("officer", "head"),
    ASSESS("officer", "head"),
    REPORT_COMPLETE("officer", "head"),
    VERIFY_COMPLETE("monitor", "council-secretary"),
    DISPUTE("monitor", "facilitator"),
    RESUME("officer", "head"),
    WITHDRAW("head"),
    AMEND("head"),

    PROPOSE("finance-officer"),
    APPROVE("finance-officer", "council-secretary"),
    ADJUST("finance-officer"),
    COMMIT("finance-officer"),
    RECORD_SPENDING("finance-officer"),
    EXECUTE("finance-officer"),
    CLOSE("finance-officer"),
    LAPSE("finance-officer"),
    CANCEL("finance-officer", "head");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, its type does not say so
    private final List<String> roles;

    Permission(String... roles) {
        this.roles = List.of(roles);
    }

    public List<String> roles() {
        return roles;
    }

    String[] names() {
        return roles.toArray(String[]::new);
    }

    /** The command's name, as in the service's table and its paths. */
    public String command() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
