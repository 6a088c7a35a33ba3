package org.ashar.app.crash;

/** What officials do here: who, where, and the fact that is recorded of it. */
enum Deed {
    DRAFT("officer", "commitment", "", "commitment-drafted"),
    PUBLISH("head", "commitment", "/publish", "commitment-published"),
    START("officer", "commitment", "/start", "commitment-started"),
    ASSESS("officer", "commitment", "/milestones/m1/assess", "milestone-assessed"),
    AMEND("head", "commitment", "/amend", "commitment-amended"),
    PROPOSE("finance-officer", "budget-commitment", "", "budget-proposed"),
    APPROVE("council-secretary", "budget-commitment", "/approve", "budget-approved"),
    COMMIT("finance-officer", "budget-commitment", "/commit", "budget-committed"),
    SPEND("finance-officer", "budget-commitment", "/spending", "spending-recorded"),
    REPORT("officer", "progress-report", "", "report-drafted.v1"),
    TELL("head", "progress-report", "/publish", "report-published.v1");

    final String role;
    final String streamType;
    final String fact;
    private final String action;

    Deed(String role, String streamType, String action, String fact) {
        this.role = role;
        this.streamType = streamType;
        this.action = action;
        this.fact = fact;
    }

    /** Where what does not exist yet is created. */
    String path() {
        return "/api/" + streamType + "s";
    }

    /** Where it is done to what exists. */
    String path(String id) {
        return path() + "/" + id + action;
    }
}
