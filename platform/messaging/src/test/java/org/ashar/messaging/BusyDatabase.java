package org.ashar.messaging;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A database where somebody else comes in just before the first bulk goes to a collection. */
final class BusyDatabase {

    private final String collection;
    private final Runnable somebody;
    private final AtomicBoolean came = new AtomicBoolean();

    BusyDatabase(String collection, Runnable somebody) {
        this.collection = collection;
        this.somebody = somebody;
    }

    boolean came() {
        return came.get();
    }

    MongoDatabase of(MongoDatabase database) {
        return proxy(MongoDatabase.class, database);
    }

    private <T> T proxy(Class<T> type, T target) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    if (method.getName().equals("bulkWrite")
                            && target instanceof MongoCollection<?> written
                            && written.getNamespace().getCollectionName().equals(collection)
                            && !came.getAndSet(true)) {
                        somebody.run();
                    }
                    try {
                        return switch (method.invoke(target, arguments)) {
                            case MongoCollection<?> c -> proxy(MongoCollection.class, c);
                            case MongoDatabase d -> proxy(MongoDatabase.class, d);
                            case null -> null;
                            case Object other -> other;
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
