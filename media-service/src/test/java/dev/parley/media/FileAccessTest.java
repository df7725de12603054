package dev.parley.media;

import static dev.parley.media.Uploads.png;
import static dev.parley.media.Uploads.presign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.StubConversations.Member;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who sees, binds and deletes a file. */
class FileAccessTest extends MediaServiceTest {

    @BeforeEach
    void twoMembers() {
        StubConversations.admit(conversation, alice, bob);
    }

    @Test
    void nobodyElseSeesAFileThatIsNotSent() {
        String file = uploads().ready(as(alice), Map.of("conversationId", conversation));

        assertThat(get(alice, file).status()).isEqualTo(200);
        assertThat(get(bob, file).code()).isEqualTo("file.not-found");
        assertThat(as(alice, "other").get(path(file)).code()).isEqualTo("file.not-found");
        assertThat(as(bob).get(path(file) + "/url").code()).isEqualTo("file.not-found");
        assertThat(as(bob).call("DELETE", path(file), Map.of()).code()).isEqualTo("file.not-found");
        assertThat(get(alice, file).status()).isEqualTo(200);
    }

    @Test
    void membersSeeAFileThatIsBeingSent() {
        String file = attached();
        StubConversations.admit(conversation, "removed-" + bob, Member.until(5));

        assertThat(get(bob, file).body().path("conversationId").asString()).isEqualTo(conversation);
        assertThat(get("stranger", file).code()).isEqualTo("file.not-found");
        assertThat(get("removed-" + bob, file).code()).isEqualTo("file.not-found");
    }

    @Test
    void itsUploaderAndAnAdminDeleteAFile() {
        String file = attached();
        String admin = "admin-" + Ids.next();
        StubConversations.admit(conversation, admin, Member.ADMIN);

        assertThat(as(bob).call("DELETE", path(file), Map.of()).code()).isEqualTo("auth.forbidden");
        assertThat(as(admin).call("DELETE", path(file), Map.of()).status()).isEqualTo(204);
        assertThat(get(alice, file).code()).isEqualTo("file.not-found");

        String other = uploads().ready(as(alice));
        assertThat(as(alice).call("DELETE", path(other), Map.of()).status()).isEqualTo(204);
        assertThat(as(alice).get("/api/v1/storage/files").body().path("data")).isEmpty();
        assertThat(as(alice).call("DELETE", path(other), Map.of()).code()).isEqualTo("file.not-found");
    }

    @Test
    void anAddressIsMadeForAsLongAsItIsAskedFor() {
        String file = uploads().ready(as(alice));

        JsonNode address = as(alice).get(path(file) + "/url?expiresIn=60").body();

        assertThat(address.path("url").asString()).contains("/api/v1/storage/content/" + file);
        assertThat(as(alice).get(path(file) + "/url").status()).isEqualTo(200);
        for (String wrong : List.of("59", "86401", "x", "")) {
            assertThat(as(alice).get(path(file) + "/url?expiresIn=" + wrong).code())
                    .as(wrong)
                    .isEqualTo("request.invalid");
        }
        String pending = presign(as(alice), png()).body().path("fileId").asString();
        assertThat(as(alice).get(path(pending) + "/url").code()).isEqualTo("file.not-ready");
    }

    @Test
    void ownFilesComeInPages() {
        List<String> ids = List.of(
                uploads().ready(as(alice)),
                uploads().ready(as(alice)),
                uploads().ready(as(alice)));
        uploads().ready(as(bob));

        JsonNode page = as(alice).get("/api/v1/storage/files?page=2&limit=2").body();

        assertThat(page.path("data"))
                .extracting(file -> file.path("id").asString())
                .containsExactly(ids.get(0));
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(3);
        assertThat(page.path("meta").path("hasMore").asBoolean()).isFalse();
        assertThat(as(alice).get("/api/v1/storage/files?type=image").body().path("data"))
                .hasSize(3);
        assertThat(as(alice).get("/api/v1/storage/files?type=audio").body().path("data"))
                .isEmpty();
        assertThat(as(alice).get("/api/v1/storage/files?type=virus").code()).isEqualTo("request.invalid");
        assertThat(as(alice).get("/api/v1/storage/files?limit=0").code()).isEqualTo("request.invalid");
    }

    @Test
    void filesAreBoundToOneConversation() {
        String file = uploads().ready(as(alice));

        Answer attached = attach(alice, conversation, file);

        assertThat(attached.status()).isEqualTo(200);
        assertThat(attached.body().path("files").path(0).path("fileId").asString())
                .isEqualTo(file);
        Answer again = attach(alice, conversation, file);
        assertThat(again.status()).as("again").isEqualTo(200);
        assertThat(again.body().path("files").path(0).path("fileId").asString())
                .as("again")
                .isEqualTo(file);
        assertThat(attach(alice, Ids.next(), file).code()).isEqualTo("file.already-attached");
        assertThat(attach(bob, conversation, file).code()).isEqualTo("file.not-found");
        assertThat(attach(bob, conversation, "nothing").code()).isEqualTo("file.not-found");
    }

    @Test
    void eitherAllFilesAreBoundOrNone() {
        String file = uploads().ready(as(alice));
        String pending = presign(as(alice), png()).body().path("fileId").asString();

        Answer refused = attach(alice, conversation, file, pending);

        assertThat(refused.code()).isEqualTo("file.not-ready");
        assertThat(refused.body()
                        .path("violations")
                        .path(0)
                        .path("subject")
                        .path("id")
                        .asString())
                .isEqualTo(pending);
        assertThat(attach(alice, Ids.next(), file).status()).isEqualTo(200);
    }

    @Test
    void onlyAnImageOfTheUsersOwnBecomesAnIcon() {
        String first = uploads().ready(as(alice));
        String second = uploads().ready(as(alice));

        assertThat(claim(alice, first).status()).isEqualTo(200);
        assertThat(claim(alice, first).status()).isEqualTo(200);
        assertThat(claim(alice, second).body().path("fileId").asString()).isEqualTo(second);
        assertThat(claim(bob, second).code()).isEqualTo("file.not-found");
        byte[] text = "hello".getBytes();
        JsonNode announced = presign(as(alice), Uploads.file("a.txt", "text/plain", text.length))
                .body();
        uploads().put(announced.path("uploadUrl").asString(), text);
        Uploads.confirm(as(alice), announced.path("fileId").asString());
        assertThat(claim(alice, announced.path("fileId").asString()).code()).isEqualTo("file.type-not-allowed");
    }

    private String attached() {
        String file = uploads().ready(as(alice));
        assertThat(attach(alice, conversation, file).status()).isEqualTo(200);
        return file;
    }

    private Answer attach(String userId, String conversationId, String... files) {
        return asService()
                .post(
                        "/internal/platform/files/attach",
                        Map.of(
                                "tenantId",
                                TENANT,
                                "senderId",
                                userId,
                                "conversationId",
                                conversationId,
                                "fileIds",
                                List.of(files)));
    }

    private Answer claim(String userId, String file) {
        Map<String, Object> body = new HashMap<>(Map.of("tenantId", TENANT, "userId", userId, "purpose", "icon"));
        body.put("fileId", file);
        body.put("conversationId", conversation);
        return asService().post("/internal/platform/files/claim", body);
    }
}
