package org.ashar.web.notes;

import java.util.Optional;
import org.ashar.eventstore.CommandHandler;
import org.ashar.eventstore.EventStore;
import org.ashar.kernel.StreamId;
import org.ashar.web.Answers;
import org.ashar.web.AsharService;
import org.ashar.web.CommandRequest;
import org.ashar.web.MessageBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service of notes. */
@AsharService
class NotesApplication {

    @Bean
    MessageBundle noteMessages() {
        return new MessageBundle("notes");
    }

    @Bean
    CommandHandler<Note.Write, Note.Text, Note.Written> notes(EventStore store) {
        return store.handler(Note.type());
    }

    @RestController
    static final class Endpoints {

        private final CommandHandler<Note.Write, Note.Text, Note.Written> notes;

        Endpoints(CommandHandler<Note.Write, Note.Text, Note.Written> notes) {
            this.notes = notes;
        }

        @PostMapping("/api/notes")
        ResponseEntity<Answers.Effect> write(CommandRequest request) {
            String text = request.body().text("text", 100);
            Note.Write command = request.body().valid(() -> new Note.Write(text));
            return Answers.created(
                    notes.create(
                            request.newStream("note"),
                            request.meta(request.actingAnywhere("officer")),
                            _ -> Optional.empty(),
                            command),
                    "/api/notes");
        }

        @PostMapping("/api/notes/{id}/rewrite")
        ResponseEntity<Answers.Effect> rewrite(@PathVariable String id, CommandRequest request) {
            String text = request.body().text("text", 100);
            Note.Write command = request.body().valid(() -> new Note.Write(text));
            return Answers.of(
                    notes.update(
                            new StreamId("note", id),
                            request.expectedVersion(),
                            request.meta(request.actingAnywhere("officer")),
                            _ -> Optional.empty(),
                            command));
        }
    }
}
