package org.ashar.app.crash;

import tools.jackson.databind.json.JsonMapper;

/**
 * What the product promises to repeat, all of it.
 *
 * @param status the HTTP status
 * @param body as it came
 * @param etag the header, empty where it is absent
 * @param location the header, empty where it is absent
 */
record Answer(int status, String body, String etag, String location) {

    boolean isAccepted() {
        return status / 100 == 2;
    }

    String id() {
        return JsonMapper.shared().readTree(body).path("id").asString();
    }

    long version() {
        return JsonMapper.shared().readTree(body).path("version").asLong();
    }

    /** The code of a refusal. */
    String code() {
        return JsonMapper.shared().readTree(body).path("code").asString("");
    }
}
