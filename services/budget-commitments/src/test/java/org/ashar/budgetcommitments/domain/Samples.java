package org.ashar.budgetcommitments.domain;

import java.net.URI;
import java.time.LocalDate;
import org.ashar.kernel.Actor;
import org.ashar.kernel.Evidence;
import org.ashar.kernel.MultilingualText;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.Sha256;

/** Values that the specifications share. */
public final class Samples {

    public static final PlaceRef PLACE =
            new PlaceRef(
                    "soate",
                    "41706204810000",
                    "Кара-Кулджинский айылный аймак",
                    LocalDate.of(2025, 1, 1));

    public static final LocalDate TODAY = LocalDate.of(2025, 6, 15);

    public static final Actor OFFICER = actor("a1", "officer", "okmotu");
    public static final Actor HEAD = actor("a2", "head", "okmotu");
    public static final Actor MONITOR = actor("b1", "monitor", "monitoring-group");
    public static final Actor FACILITATOR = actor("b2", "facilitator", "civic-union");
    public static final Actor FINANCE = actor("a3", "finance-officer", "okmotu");
    public static final Actor STRANGER = actor("c1", "head", "other-okmotu");

    private Samples() {}

    public static Actor actor(String person, String role, String organisation) {
        return new Actor(person.repeat(32), role, organisation);
    }

    public static MultilingualText text(String value) {
        return MultilingualText.of("en", value);
    }

    public static LocalDate date(String iso) {
        return LocalDate.parse(iso);
    }

    public static Evidence evidence(int number) {
        return evidence(number, TODAY);
    }

    public static Evidence evidence(int number, LocalDate capturedOn) {
        return new Evidence(
                Sha256.of(new byte[] {(byte) number}),
                "image/jpeg",
                120_000,
                capturedOn,
                PLACE,
                "CC-BY-4.0",
                true,
                URI.create("https://okmotu.example/photo-" + number + ".jpg"));
    }
}
