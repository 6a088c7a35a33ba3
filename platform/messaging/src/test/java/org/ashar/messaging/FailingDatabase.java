package org.ashar.messaging;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A database that now and then dies: before a write, behind it, or in the middle of a bulk, of
 * which then some part was done.
 */
final class FailingDatabase {

    /** What a dying process sees of its last write. */
    static final class Crash extends RuntimeException {
        Crash(String where) {
            super(where);
        }
    }

    private static final Set<String> WRITES =
            Set.of(
                    "bulkWrite",
                    "insertOne",
                    "replaceOne",
                    "updateOne",
                    "deleteOne",
                    "deleteMany",
                    "drop");

    private static final Set<String> LOCAL =
            Set.of("getCollection", "getName", "withReadConcern", "withWriteConcern");

    private final Random random;
    private final double probability;
    private int stepsToLive = -1;
    private boolean everyWriteIsAStep;
    private boolean dead;
    private boolean failing = true;
    private int crashes;

    FailingDatabase(Random random, double probability) {
        this.random = random;
        this.probability = probability;
    }

    /** Lives for so many changes of generations and dropped collections, and dies at the next. */
    static FailingDatabase dyingAfter(int steps, Random random) {
        FailingDatabase dying = new FailingDatabase(random, 0);
        dying.stepsToLive = steps;
        return dying;
    }

    /** Lives for so many writes, and dies at the next. */
    static FailingDatabase dyingAfterWrites(int writes, Random random) {
        FailingDatabase dying = dyingAfter(writes, random);
        dying.everyWriteIsAStep = true;
        return dying;
    }

    MongoDatabase of(MongoDatabase database) {
        return proxy(MongoDatabase.class, database);
    }

    synchronized void heal() {
        failing = false;
    }

    synchronized int crashes() {
        return crashes;
    }

    synchronized boolean dead() {
        return dead;
    }

    private <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler = (_, method, arguments) -> invoke(target, method, arguments);
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        if (dead() && !LOCAL.contains(method.getName())) {
            throw new Crash("before " + method.getName() + ", being dead");
        }
        int fate = WRITES.contains(method.getName()) ? fate(target, method) : 0;
        if (fate == 1) {
            throw new Crash("before " + method.getName());
        }
        if (fate == 2 && method.getName().equals("bulkWrite")) {
            List<Object> some = new ArrayList<>((List<?>) arguments[0]);
            Collections.shuffle(some, random);
            some = some.subList(0, random.nextInt(some.size() + 1));
            if (!some.isEmpty()) {
                Object[] fewer = arguments.clone();
                fewer[0] = some;
                try {
                    call(target, method, fewer);
                } catch (MongoBulkWriteException e) {
                    // Of documents that were there already, or whatever else: it dies of it.
                    throw new Crash("within bulkWrite: " + e.getWriteErrors());
                }
            }
            throw new Crash("within bulkWrite");
        }
        Object result = call(target, method, arguments);
        if (fate == 2) {
            throw new Crash("behind " + method.getName());
        }
        return switch (result) {
            case MongoCollection<?> collection -> proxy(MongoCollection.class, collection);
            case MongoDatabase database -> proxy(MongoDatabase.class, database);
            case null, default -> result;
        };
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized int fate(Object target, Method method) {
        boolean dies = stepsToLive < 0 && failing && random.nextDouble() < probability;
        boolean step =
                everyWriteIsAStep
                        || method.getName().equals("drop")
                        || target instanceof MongoCollection<?> collection
                                && collection
                                        .getNamespace()
                                        .getCollectionName()
                                        .equals("view_generations");
        if (stepsToLive >= 0 && step) {
            dead = stepsToLive == 0;
            dies = dead;
            stepsToLive--;
        }
        if (!dies) {
            return 0;
        }
        crashes++;
        return random.nextBoolean() ? 1 : 2;
    }
}
