package org.ashar.places;

/** What kind of territory a place is. Order is from the widest to the narrowest. */
public enum Level {
    /** Oblast. */
    REGION,
    /** City of republican standing (no parent) or of regional standing (within a region). */
    CITY,
    /** Raion, also of a city. */
    DISTRICT,
    /** Aiyl aimak: the sub-district that has a council and a budget of its own. */
    AIMAK,
    /** Town, settlement or a part of one. */
    TOWN,
    /** Village. */
    VILLAGE
}
