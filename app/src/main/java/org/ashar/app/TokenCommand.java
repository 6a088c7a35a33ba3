package org.ashar.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ashar.places.PlaceLookup;
import org.ashar.places.Places;
import org.ashar.security.DevelopmentIssuer;
import org.ashar.security.Grant;
import org.ashar.standalone.DataFolder;
import org.jspecify.annotations.Nullable;

/** Prints a token of the development sign-in; nothing needs to run. */
final class TokenCommand {
    private static final Set<String> WITHOUT_PLACE =
            Set.of("auditor", "steward", "operator", "assessor");
    private static final Pattern TTL = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Path usualData;
    private final Clock clock;

    TokenCommand(Terminal terminal, Map<String, String> environment, Path usualData, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.usualData = usualData;
        this.clock = clock;
    }

    int run(List<String> arguments) {
        Options options =
                Options.parse(
                        "token",
                        arguments,
                        Set.of("--role", "--place", "--org", "--as", "--ttl", "--data"),
                        Set.of(),
                        0);
        Path data = options.value("--data").map(Path::of).orElse(usualData);
        String role =
                options.value("--role").orElseThrow(() -> new UsageException("token needs --role"));
        String place = options.value("--place").map(this::placeKey).orElse(null);
        if (place == null && !WITHOUT_PLACE.contains(role)) {
            throw new UsageException("token: the role " + role + " needs --place");
        }
        Duration ttl = options.value("--ttl").map(TokenCommand::ttl).orElse(Duration.ofHours(8));
        String subject = options.value("--as").orElseGet(() -> named(role, place));
        String organisation = options.value("--org").orElseGet(() -> organisation(role, place));
        DevelopmentIssuer.Wish wish;
        try {
            wish =
                    new DevelopmentIssuer.Wish(
                            subject,
                            List.of(new Grant(role, organisation, place, null)),
                            ttl,
                            null);
        } catch (IllegalArgumentException e) {
            throw new UsageException("token: " + e.getMessage());
        }
        terminal.say(issuer(environment, data, clock).issue(wish, clock.instant()));
        return Main.DONE;
    }

    /** The development sign-in of a data folder, which is made where there is none yet. */
    static DevelopmentIssuer issuer(Map<String, String> environment, Path data, Clock clock) {
        if (environment.containsKey("ASHAR_ISSUER")) {
            throw new UsageException(
                    "ASHAR_ISSUER is set: tokens come from that sign-in, and the development one is off");
        }
        return DevelopmentIssuer.open(DataFolder.keysOf(data, environment, clock));
    }

    /** A token for what an operator asks in the next minutes. */
    static String operator(Map<String, String> environment, Path data, Clock clock) {
        return issuer(environment, data, clock)
                .issue(
                        new DevelopmentIssuer.Wish(
                                "operator",
                                List.of(Grant.unbound("operator", "operator")),
                                Duration.ofMinutes(5),
                                null),
                        clock.instant());
    }

    /** Whom officials of a place act for by default: executive and council are two bodies. */
    static String organisation(String role, @Nullable String place) {
        return switch (role) {
            case "officer", "head", "finance-officer" -> named("okmotu", place);
            case "council-secretary" -> named("kenesh", place);
            default -> named(role, place);
        };
    }

    private static String named(String what, @Nullable String place) {
        return place == null ? what : what + "-" + place.substring(place.indexOf(':') + 1);
    }

    private String placeKey(String text) {
        String key = text.matches("[0-9]+") ? Places.SOATE + ":" + text : text;
        int colon = key.indexOf(':');
        String scheme = colon < 0 ? "" : key.substring(0, colon);
        LocalDate today = LocalDate.now(clock);
        if (scheme.equals(Places.SOATE)
                && !(Places.bundled().lookUp(scheme, key.substring(colon + 1), today)
                        instanceof PlaceLookup.Found)) {
            throw new UsageException("token: no place has the code " + key);
        }
        return key;
    }

    private static Duration ttl(String text) {
        Matcher matcher = TTL.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("token: --ttl is a number with s, m, h or d, such as 8h");
        }
        long number = Long.parseLong(Optional.ofNullable(matcher.group(1)).orElse("0"));
        return switch (Optional.ofNullable(matcher.group(2)).orElse("")) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
