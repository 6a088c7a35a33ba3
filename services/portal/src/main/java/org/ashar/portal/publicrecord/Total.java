package org.ashar.portal.publicrecord;

/**
 * All money of one currency.
 *
 * @param proposed awaits approval
 * @param promised approved at first
 * @param adjusted promised now
 * @param spent entries less refunds
 * @param overspent spent beyond what was promised, budget by budget
 * @param givenUp lapsed or cancelled
 */
public record Total(
        String currency,
        Figure proposed,
        Figure promised,
        Figure adjusted,
        Figure spent,
        Figure overspent,
        Figure givenUp) {}
