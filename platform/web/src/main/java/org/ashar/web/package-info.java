/**
 * HTTP as CONTRACTS.md has it: commands with an idempotency key and an expected version, problems
 * in the reader's language, paging, languages, limits, and the wiring of a service.
 */
@NullMarked
package org.ashar.web;

import org.jspecify.annotations.NullMarked;
