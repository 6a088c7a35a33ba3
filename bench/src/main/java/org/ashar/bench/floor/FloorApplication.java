package org.ashar.bench.floor;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The floor: {@code POST /empty} reads the body and answers; {@code POST /insert} stores it durably
 * first.
 */
@SpringBootApplication
@RestController
public class FloorApplication {

    private final MongoCollection<BsonDocument> documents;

    FloorApplication(MongoClient client) {
        documents =
                client.getDatabase("floor")
                        .getCollection("documents", BsonDocument.class)
                        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    }

    @Bean
    static MongoClient client(
            @org.springframework.beans.factory.annotation.Value("${floor.store}") String uri) {
        return MongoClients.create(uri);
    }

    @PostMapping("/empty")
    ResponseEntity<Void> empty(@RequestBody byte[] body) {
        return ResponseEntity.status(body.length > 0 ? HttpStatus.CREATED : HttpStatus.BAD_REQUEST)
                .build();
    }

    @PostMapping("/insert")
    ResponseEntity<Void> insert(@RequestBody byte[] body) {
        documents.insertOne(
                new BsonDocument("_id", new BsonString(UUID.randomUUID().toString()))
                        .append("body", new BsonBinary(body)));
        return ResponseEntity.status(HttpStatus.CREATED).build();
    }
}
