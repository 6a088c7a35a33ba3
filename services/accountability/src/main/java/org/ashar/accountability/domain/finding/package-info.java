/** What an auditor found, and what the audited side answers to it. */
@NullMarked
package org.ashar.accountability.domain.finding;

import org.jspecify.annotations.NullMarked;
