package org.ashar.portal.pages;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.ashar.json.AsharJson;

/** How a feed is written. */
enum FeedFormat {
    /** Atom (RFC 4287) with the archives of RFC 5005. */
    ATOM("application/atom+xml", "/feed.atom") {
        @Override
        byte[] write(Feed feed) {
            return atom(feed);
        }
    },
    /** JSON Feed 1.1; the archive before is its next page. */
    JSON("application/feed+json", "/feed.json") {
        @Override
        byte[] write(Feed feed) {
            return json(feed);
        }
    };

    /** No document of XML 1.0 can hold these, not even escaped. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private static final String ATOM_NAMESPACE = "http://www.w3.org/2005/Atom";
    private static final String HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0";

    private final String mediaType;
    private final String path;

    FeedFormat(String mediaType, String path) {
        this.mediaType = mediaType;
        this.path = path;
    }

    String mediaType() {
        return mediaType;
    }

    String path() {
        return path;
    }

    abstract byte[] write(Feed feed);

    private static byte[] json(Feed feed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", "https://jsonfeed.org/version/1.1");
        document.put("title", feed.title());
        document.put("home_page_url", feed.home());
        document.put("feed_url", feed.current());
        if (feed.previous() != null) {
            document.put("next_url", feed.previous());
        }
        document.put("language", feed.language());
        document.put("authors", List.of(Map.of("name", Feed.AUTHOR)));
        document.put("items", feed.items().stream().map(FeedFormat::json).toList());
        return AsharJson.strict().writeValueAsBytes(document);
    }

    private static Map<String, Object> json(Feed.Item item) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", item.id());
        entry.put("url", item.page());
        entry.put("title", item.title());
        entry.put("content_text", item.text());
        entry.put("date_published", item.published().toString());
        entry.put("date_modified", item.updated().toString());
        entry.put("tags", List.of(item.type()));
        entry.put("_ashar", Map.of("index", item.index(), "event", item.event()));
        return entry;
    }

    private static byte[] atom(Feed feed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM_NAMESPACE);
            xml.writeNamespace("fh", HISTORY_NAMESPACE);
            xml.writeAttribute("xml:lang", feed.language());
            text(xml, "id", feed.id());
            text(xml, "title", feed.title());
            text(xml, "updated", feed.updated().toString());
            xml.writeStartElement("author");
            text(xml, "name", Feed.AUTHOR);
            xml.writeEndElement();
            link(xml, "self", feed.self());
            link(xml, "alternate", feed.home());
            if (feed.archive()) {
                xml.writeEmptyElement("fh:archive");
                link(xml, "current", feed.current());
            }
            if (feed.previous() != null) {
                link(xml, "prev-archive", feed.previous());
            }
            for (Feed.Item item : feed.items()) {
                xml.writeStartElement("entry");
                text(xml, "id", item.id());
                text(xml, "title", item.title());
                text(xml, "published", item.published().toString());
                text(xml, "updated", item.updated().toString());
                link(xml, "alternate", item.page());
                xml.writeEmptyElement("category");
                xml.writeAttribute("term", item.type());
                text(xml, "content", item.text());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("memory takes every text", e);
        }
        return bytes.toByteArray();
    }

    private static void text(XMLStreamWriter xml, String element, String value)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(NOT_XML.matcher(value).replaceAll("\uFFFD"));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address)
            throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }
}
