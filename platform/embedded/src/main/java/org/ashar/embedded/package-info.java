/**
 * What Ashar keeps its data in when no MongoDB and no Kafka is at hand: a durable store that speaks
 * the MongoDB protocol and a Kafka broker, both inside this JVM, on the loopback address alone.
 */
@NullMarked
package org.ashar.embedded;

import org.jspecify.annotations.NullMarked;
