package org.ashar.accountability.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ashar.accountability.webhook.Subscription;
import org.ashar.accountability.webhook.Subscriptions;
import org.ashar.kernel.Actor;
import org.ashar.kernel.StreamId;
import org.ashar.security.Caller;
import org.ashar.security.Grant;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Store;

/**
 * Who may know of a subscription: the auditors of the organisation that made it. To others there is
 * none.
 */
final class SubscriptionAccess {

    static final String ROLE = "auditor";

    private SubscriptionAccess() {}

    /** The organisations whose subscriptions the caller may know of; ends with 403 for none. */
    static List<String> organisations(Caller caller) {
        List<String> own =
                caller.grants().stream()
                        .filter(grant -> grant.role().equals(ROLE))
                        .map(Grant::organisation)
                        .distinct()
                        .toList();
        if (own.isEmpty()) {
            throw notPermitted();
        }
        return own;
    }

    /** The subscription; ends with 404 where there is none that the caller may know of. */
    static Subscription own(Subscriptions subscriptions, String id, Caller caller) {
        Subscription found =
                (StreamId.isId(id)
                                ? Store.read(() -> subscriptions.find(id))
                                : Optional.<Subscription>empty())
                        .filter(one -> caller.belongsTo(one.organisation()))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(404, "subscription.not-found")));
        if (!organisations(caller).contains(found.organisation())) {
            throw notPermitted();
        }
        return found;
    }

    /** The caller as an auditor of the organisation that made it. */
    static Actor acting(Caller caller, Subscription subscription) {
        return new Actor(caller.actorId(), ROLE, subscription.organisation());
    }

    private static ProblemException notPermitted() {
        return new ProblemException(
                Problem.of(403, "request.not-permitted", Map.of("roles", ROLE)));
    }
}
