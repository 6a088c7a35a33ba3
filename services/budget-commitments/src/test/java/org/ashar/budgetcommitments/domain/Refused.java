package org.ashar.budgetcommitments.domain;

import java.util.List;

/** A refusal as a specification: with this history, this command is answered with this code. */
public record Refused<C, E>(String sentence, List<E> given, C when, String code) {}
