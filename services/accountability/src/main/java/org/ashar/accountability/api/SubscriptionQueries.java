package org.ashar.accountability.api;

import org.ashar.accountability.ledger.Ledger;
import org.ashar.accountability.webhook.Subscription;
import org.ashar.accountability.webhook.Subscription.Progress;
import org.ashar.accountability.webhook.Subscriptions;
import org.ashar.kernel.StreamId;
import org.ashar.security.Caller;
import org.ashar.web.Answers;
import org.ashar.web.Page;
import org.ashar.web.Paging;
import org.ashar.web.Problem;
import org.ashar.web.ProblemException;
import org.ashar.web.Query;
import org.ashar.web.Store;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What an organisation's auditors read of its subscriptions. */
@RestController
@RequestMapping(SubscriptionCommands.PATH)
final class SubscriptionQueries {

    private final Subscriptions subscriptions;
    private final Ledger ledger;

    SubscriptionQueries(Subscriptions subscriptions, Ledger ledger) {
        this.subscriptions = subscriptions;
        this.ledger = ledger;
    }

    @GetMapping
    Page<SubscriptionView> list(Query query) {
        Caller caller = caller(query);
        Paging paging = query.paging();
        return query.valid(
                () -> {
                    String after = paging.after();
                    if (after != null && !StreamId.isId(after)) {
                        throw query.badCursor();
                    }
                    return Page.of(
                                    Store.read(
                                            () ->
                                                    subscriptions.of(
                                                            SubscriptionAccess.organisations(
                                                                    caller),
                                                            after,
                                                            paging.toFetch())),
                                    paging,
                                    Subscription::id)
                            .map(SubscriptionView::of);
                });
    }

    @GetMapping("/{id}")
    ResponseEntity<SubscriptionView> one(@PathVariable String id, Query query) {
        Caller caller = caller(query);
        return query.valid(
                () -> {
                    Subscription own = SubscriptionAccess.own(subscriptions, id, caller);
                    return Answers.current(own.version(), SubscriptionView.of(own));
                });
    }

    /** How far it has come, and the newest attempts. */
    @GetMapping("/{id}/deliveries")
    SubscriptionView.Course deliveries(@PathVariable String id, Query query) {
        Caller caller = caller(query);
        return query.valid(
                () -> {
                    Progress progress =
                            SubscriptionAccess.own(subscriptions, id, caller).progress();
                    return new SubscriptionView.Course(
                            progress.next(),
                            Store.read(ledger::size),
                            progress.failures(),
                            progress.notBefore(),
                            Store.read(() -> subscriptions.deliveries(id)));
                });
    }

    private static Caller caller(Query query) {
        return query.caller().orElseThrow(() -> new ProblemException(Problem.signInFirst()));
    }
}
