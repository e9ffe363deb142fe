package dev.waymark.engine;

import dev.waymark.rib.PathList;
import dev.waymark.rib.PathRib;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * UPDATEs with path identifiers that are encoded once for all members of a group (DESIGN §4), piece by piece of what comes from one
 * source, so that each member can be sent all pieces but its own. That goes for rows whose paths all fit into what a member is sent
 * of a row; others differ from member to member by more than that. Reused. Confined to the engine loop.
 */
final class SharedPaths {
    private final FamilyRib rib;
    private final UpdateWriter writer;
    private final Buckets announced = new Buckets();
    private final Buckets withdrawn = new Buckets();
    private final IntList rows = new IntList();
    private final IntList pathIds = new IntList();
    private final List<ByteBuf> chunks = new ArrayList<>();
    /** Of each piece the source, the chunk, and where in it the piece begins and ends. */
    private final IntList pieces = new IntList();

    private boolean[] isShared = new boolean[64];
    private int pieceBegin;

    SharedPaths(FamilyRib rib, UpdateWriter writer) {
        this.rib = rib;
        this.writer = writer;
    }

    /** Encodes what changed, as far as it can be shared; {@link #release} must follow. */
    void encode(UpdateGroup group, PathRib paths, List<PathRib.Change> changes) {
        announced.clear();
        withdrawn.clear();
        rows.clear();
        pathIds.clear();
        if (isShared.length < changes.size()) {
            isShared = new boolean[changes.size()];
        }
        for (int i = 0; i < changes.size(); i++) {
            PathRib.Change change = changes.get(i);
            PathList after = paths.get(change.row());
            isShared[i] = isShareable(change.before(), after, paths.most());
            if (isShared[i]) {
                collect(change.row(), change.before(), after);
            }
        }
        pieceBegin = 0;
        for (int s = 0; s < withdrawn.sourceCount(); s++) {
            int source = withdrawn.source(s);
            write(group, withdrawn, source, withdrawn.firstBucket(source));
            endPiece(source);
        }
        for (int s = 0; s < announced.sourceCount(); s++) {
            int source = announced.source(s);
            for (int bucket = announced.firstBucket(source); bucket >= 0; bucket = announced.nextBucket(bucket)) {
                write(group, announced, source, bucket);
            }
            endPiece(source);
        }
        if (writer.hasChunk()) {
            chunks.add(writer.takeChunk());
        }
    }

    /** Returns whether a change is in what is shared. */
    boolean contains(int change) {
        return isShared[change];
    }

    /** Returns how many octets a member is to be sent. */
    int octetsFor(int slot) {
        int octets = 0;
        for (int i = 0; i < pieces.size(); i += 4) {
            octets += pieces.get(i) == slot ? 0 : pieces.get(i + 3) - pieces.get(i + 2);
        }
        return octets;
    }

    /** Sends a member all pieces but its own, those that lie side by side together. */
    void send(Member member, Outbox out) {
        int chunk = 0;
        int begin = 0;
        int end = 0;
        for (int i = 0; i < pieces.size(); i += 4) {
            if (pieces.get(i) == member.slot()) {
                continue;
            }
            if (pieces.get(i + 1) != chunk || pieces.get(i + 2) != end) {
                send(member, chunk, begin, end, out);
                chunk = pieces.get(i + 1);
                begin = pieces.get(i + 2);
            }
            end = pieces.get(i + 3);
        }
        send(member, chunk, begin, end, out);
    }

    private void send(Member member, int chunk, int begin, int end, Outbox out) {
        if (end > begin) {
            member.session().send(chunks.get(chunk).retainedSlice(begin, end - begin), out);
        }
    }

    /** Gives back what was encoded. */
    void release() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
        pieces.clear();
    }

    /** All are sent all paths but their own, and an identifier stands for a path of the same peer as before. */
    private static boolean isShareable(PathList before, PathList after, int most) {
        if (before.size() > most || after.size() > most) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            int now = indexOf(after, before.pathId(i));
            boolean isOthers = now >= 0 && after.source(now) != before.source(i);
            if (isOthers || before.target(i) != PathList.ALL) {
                return false;
            }
        }
        for (int i = 0; i < after.size(); i++) {
            if (after.target(i) != PathList.ALL) {
                return false;
            }
        }
        return true;
    }

    private void collect(int row, PathList before, PathList after) {
        for (int i = 0; i < before.size(); i++) {
            if (indexOf(after, before.pathId(i)) < 0) {
                add(withdrawn, before.source(i), 0, row, before.pathId(i));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            int was = indexOf(before, after.pathId(i));
            if (was < 0 || before.attributes(was) != after.attributes(i)) {
                add(announced, after.source(i), after.attributes(i), row, after.pathId(i));
            }
        }
    }

    private void add(Buckets buckets, int source, int attribute, int row, int pathId) {
        buckets.add(source, attribute, rows.size());
        rows.add(row);
        pathIds.add(pathId);
    }

    private static int indexOf(PathList list, int pathId) {
        for (int i = 0; i < list.size(); i++) {
            if (list.pathId(i) == pathId) {
                return i;
            }
        }
        return -1;
    }

    private void write(UpdateGroup group, Buckets buckets, int source, int bucket) {
        begin(group, buckets, bucket);
        for (int place = buckets.firstPlace(bucket); place >= 0; place = buckets.nextPlace(place)) {
            if (writer.isChunkFull()) {
                writer.end();
                endPiece(source);
                begin(group, buckets, bucket);
            }
            int item = buckets.item(place);
            writer.prefix(rib.prefixes(), rows.get(item), pathIds.get(item));
        }
        writer.end();
    }

    private void begin(UpdateGroup group, Buckets buckets, int bucket) {
        int attribute = buckets.attribute(bucket);
        if (attribute == 0) {
            writer.beginWithdrawal(group.key().encoding());
        } else {
            writer.beginAnnouncement(group.key().encoding(), attribute);
        }
    }

    /** What was written since the last piece is one of this source; a full chunk is put aside. */
    private void endPiece(int source) {
        int end = writer.octets();
        if (end > pieceBegin) {
            pieces.add(source);
            pieces.add(chunks.size());
            pieces.add(pieceBegin);
            pieces.add(end);
        }
        pieceBegin = end;
        if (writer.isChunkFull()) {
            chunks.add(writer.takeChunk());
            pieceBegin = 0;
        }
    }
}
