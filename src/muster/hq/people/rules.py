"""Who may do what with posts and their holders; the database keeps to the same for holders."""

from muster.hq.boundary.masks import HEADQUARTERS
from muster.hq.people.choices import STAFF, Role
from muster.hq.people.models import Account, Holding, Invitation, Post
from muster.hq.people.viewing import owner_for


def may_see_posts(account: Account) -> bool:
    """Whether an account sees the establishment: all but observers, who get nothing by default."""
    return account.post.role != Role.OBSERVER


def may_run_posts(account: Account) -> bool:
    """Whether an account adds, changes and closes posts, and lets people in."""
    return account.post.role == Role.ADMINISTRATOR


def needs_second(post: Post) -> bool:
    """Whether nobody is let into a post by one person alone: one that speaks for a nation, or that lets others in."""
    return post.nation_id is not None or post.role == Role.ADMINISTRATOR


def may_agree(account: Account, invitation: Invitation) -> bool:
    """Whether an account is the second person: of the nation of the post, or another administrator."""
    of_nation = bool(invitation.post.nation_id) and owner_for(account) == invitation.post.nation_id
    return (of_nation or may_run_posts(account)) and account.post_id != invitation.made_by


def is_told_all(account: Account, post: Post) -> bool:
    """Whether an account sees every holder of a post: staff, and the nation that fills it."""
    return account.post.role in STAFF or (bool(post.filled_by_id) and owner_for(account) == post.filled_by_id)


def may_propose(account: Account, post: Post) -> bool:
    """Whether an account says who holds a post: the nation that fills it, while the post is open."""
    return bool(post.filled_by_id) and owner_for(account) == post.filled_by_id and post.closed_at is None


def may_change(account: Account, holding: Holding) -> bool:
    """Whether an account changes or withdraws a holder: their nation."""
    return owner_for(account) == holding.owner and not holding.is_withdrawn


def may_answer(account: Account, holding: Holding) -> bool:
    """Whether an account accepts or declines a holder: the headquarters."""
    return owner_for(account) == HEADQUARTERS and not holding.is_withdrawn
