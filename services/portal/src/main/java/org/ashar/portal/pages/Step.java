package org.ashar.portal.pages;

import org.ashar.portal.publicrecord.CommitmentRecord.Approval;
import org.ashar.portal.publicrecord.CommitmentRecord.HistoryItem;
import org.ashar.portal.publicrecord.CommitmentRecord.MoneyDecision;
import org.jspecify.annotations.Nullable;

/**
 * One step of a commitment's history, ready to be shown.
 *
 * @param anchor the element's id, which figures link to
 * @param what happened, in words
 * @param office who did it: a role and an organisation, never a person
 * @param text the reason or statement that was given
 * @param amount what was decided about money
 * @param body who approved it
 */
public record Step(
        String anchor,
        String event,
        String what,
        String day,
        String moment,
        String office,
        Wording.@Nullable Said text,
        @Nullable String amount,
        Wording.@Nullable Said body) {

    private static final int TEXT = 900;

    static Step of(HistoryItem item, Wording w) {
        MoneyDecision money = item.entry().money();
        Approval approval = money == null ? null : money.approval();
        return new Step(
                EventLink.anchor(item.event()),
                item.event(),
                w.named("fact.", item.entry().kind()),
                w.day(item.entry().given().at()).toString(),
                w.moment(item.entry().given().at()),
                w.named("role.", item.entry().given().role())
                        + " · "
                        + item.entry().given().organisation(),
                item.entry().text() == null ? null : w.said(item.entry().text(), TEXT),
                money == null || money.amount() == null ? null : w.money(money.amount()),
                approval == null || approval.body() == null ? null : w.said(approval.body()));
    }
}
