package io.bodybroker.payment.ledger;

import com.google.protobuf.ByteString;
import io.bodybroker.payment.state.v1.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Finds an entry among all earlier ones of its account by a digest, though entries can only be
 * appended: a binary trie whose nodes are the entries themselves.
 *
 * <p>Take all digests that begin with the same bits; the last entry among them stands for them. It
 * knows, for each further bit, the last entry that agrees with it up to there and differs in that
 * bit: its branches. So a search begins at the last entry of all, goes at the first bit in which it
 * differs from what is sought to the branch on the other side, and comes so one or more bits nearer
 * with each step: about half as many steps as the count of entries has binary digits. What it
 * passes by on its way is what the sought entry would have as branches, if it is then appended.
 * Nothing is ever rewritten, and nothing forgotten.
 */
final class HashIndex {
  private HashIndex() {}

  /** An entry in the index. */
  record Node(ByteString digest, List<Branch> branches) {
    Optional<Branch> branch(int depth) {
      return branches.stream().filter(branch -> branch.getDepth() == depth).findFirst();
    }
  }

  /**
   * What a search came to.
   *
   * @param found where the entry with this digest is
   * @param branches if there is none: those that it would have
   */
  record Search(OptionalLong found, List<Branch> branches) {}

  /**
   * Looks for a digest.
   *
   * @param root the position of the last entry in the index; 0 if there is none
   * @param nodes the entry at a position
   */
  static Search search(long root, ByteString digest, LongFunction<Node> nodes) {
    var branches = new ArrayList<Branch>();
    long position = root;
    int depth = 0;
    while (position != 0) {
      Node node = nodes.apply(position);
      int common = Digests.commonBits(node.digest(), digest);
      if (common == Digests.BITS) {
        return new Search(OptionalLong.of(position), List.of());
      }
      for (Branch branch : node.branches()) {
        if (branch.getDepth() >= depth && branch.getDepth() < common) {
          branches.add(branch);
        }
      }
      branches.add(Branch.newBuilder().setDepth(common).setPosition(position).build());
      position = node.branch(common).map(Branch::getPosition).orElse(0L);
      depth = common + 1;
    }
    return new Search(OptionalLong.empty(), List.copyOf(branches));
  }
}
