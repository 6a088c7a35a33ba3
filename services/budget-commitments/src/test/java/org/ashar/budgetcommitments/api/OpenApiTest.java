package org.ashar.budgetcommitments.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ashar.json.AsharJson;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

    private final JsonNode document = read();

    @Test
    void it_tells_every_route_and_no_other() {
        Set<String> told = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyNames()
                                        .forEach(method -> told.add(method + " " + path.getKey())));
        Set<String> routes =
                new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("org.ashar.budgetcommitments.api")
                                .stream()
                                .flatMap(type -> type.getMethods().stream())
                                .flatMap(method -> routes(method).stream())
                                .filter(route -> route.contains(" /api/"))
                                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(routes).hasSizeGreaterThan(20);
    }

    @Test
    void every_command_is_an_operation_of_the_permissions() {
        Set<String> operations =
                document.get("paths").properties().stream()
                        .filter(path -> path.getValue().has("post"))
                        .map(path -> path.getValue().at("/post/operationId").asString())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(operations)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Permission.values()).stream().map(Permission::command).toList());
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(
                        reference ->
                                assertThat(document.at(reference.substring(1)).isMissingNode())
                                        .as(reference)
                                        .isFalse());
    }

    private static List<String> routes(JavaMethod method) {
        List<String> routes = new ArrayList<>();
        method.tryGetAnnotationOfType(GetMapping.class)
                .ifPresent(get -> List.of(get.value()).forEach(p -> routes.add("get " + p)));
        method.tryGetAnnotationOfType(PostMapping.class)
                .ifPresent(post -> List.of(post.value()).forEach(p -> routes.add("post " + p)));
        return routes;
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asString());
        }
        node.forEach(child -> collect(child, references));
    }

    private static JsonNode read() {
        try {
            return AsharJson.strict()
                    .readTree(
                            Files.readString(
                                    Path.of("src/main/resources/openapi/budget-commitments.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
