"""Illegal steps, second votes, edited records and rules without a decision are refused here."""

from django.db import migrations

APPEND_ONLY = ["policyversion", "decision", "vote", "ballotroll", "comment"]

GUARDS = """
CREATE FUNCTION governance_refuse(rule text, why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, why USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;

CREATE FUNCTION governance_proposal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM governance_refuse('proposal_moves', 'a proposal begins as a draft');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'draft>discussion', 'draft>withdrawn', 'discussion>noticed', 'discussion>withdrawn',
        'noticed>voting', 'noticed>withdrawn', 'voting>noticed', 'voting>passed', 'voting>failed'
    ]) THEN
        PERFORM governance_refuse('proposal_moves', OLD.state || ' does not become ' || NEW.state);
    END IF;
    IF OLD.cooperative_id <> NEW.cooperative_id OR OLD.number <> NEW.number THEN
        PERFORM governance_refuse('proposal_frozen', 'a proposal keeps its number and place');
    END IF;
    IF OLD.state NOT IN ('draft', 'discussion') AND (
        OLD.title <> NEW.title OR OLD.reason <> NEW.reason OR OLD.motion <> NEW.motion
        OR OLD.decision_kind <> NEW.decision_kind OR OLD.text_sha256 <> NEW.text_sha256
        OR OLD.decision_terms IS DISTINCT FROM NEW.decision_terms
    ) THEN
        PERFORM governance_refuse('proposal_frozen', 'the text is frozen since notice was given');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_moves BEFORE INSERT OR UPDATE ON governance_proposal
    FOR EACH ROW EXECUTE FUNCTION governance_proposal_moves();

CREATE FUNCTION governance_ballot_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE home uuid;
BEGIN
    SELECT cooperative_id INTO home FROM governance_proposal WHERE id = NEW.proposal_id;
    IF home IS DISTINCT FROM NEW.cooperative_id THEN
        PERFORM governance_refuse('ballot_own_proposal', 'the proposal is another cooperative''s');
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'set_up' THEN
            PERFORM governance_refuse('ballot_moves', 'a ballot begins set up');
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> NEW.state AND NOT (OLD.state || '>' || NEW.state) = ANY (ARRAY[
        'set_up>open', 'open>closed', 'closed>counted', 'counted>certified'
    ]) THEN
        PERFORM governance_refuse('ballot_moves', OLD.state || ' does not become ' || NEW.state);
    END IF;
    IF OLD.proposal_id <> NEW.proposal_id OR OLD.call <> NEW.call OR (OLD.state <> 'set_up' AND (
        OLD.roll_sha256 <> NEW.roll_sha256 OR OLD.roll_size <> NEW.roll_size
        OR OLD.opens_at <> NEW.opens_at OR OLD.closes_at <> NEW.closes_at
    )) OR (OLD.state IN ('counted', 'certified') AND (
        OLD.outcome IS DISTINCT FROM NEW.outcome OR OLD.input_sha256 <> NEW.input_sha256
    )) THEN
        PERFORM governance_refuse('ballot_frozen', 'an open ballot keeps its roll and its times');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ballot_moves BEFORE INSERT OR UPDATE ON governance_ballot
    FOR EACH ROW EXECUTE FUNCTION governance_ballot_moves();

CREATE FUNCTION governance_roll_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE box governance_ballot;
BEGIN
    SELECT * INTO box FROM governance_ballot WHERE id = NEW.ballot_id FOR SHARE;
    IF box.state <> 'set_up' THEN
        PERFORM governance_refuse('roll_frozen', 'nobody joins the roll of an open ballot');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM members_membership m WHERE m.id = NEW.membership_id
        AND m.cooperative_id = NEW.cooperative_id AND m.cooperative_id = box.cooperative_id
        AND m.user_id = NEW.person_id) THEN
        PERFORM governance_refuse('roll_own_member', 'this is no member of this cooperative');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roll_frozen BEFORE INSERT ON governance_ballotroll
    FOR EACH ROW EXECUTE FUNCTION governance_roll_frozen();

CREATE FUNCTION governance_vote_in_box() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE box governance_ballot;
BEGIN
    SELECT * INTO box FROM governance_ballot WHERE id = NEW.ballot_id FOR SHARE;
    IF box.state <> 'open' OR NEW.cast_at < box.opens_at OR NEW.cast_at >= box.closes_at THEN
        PERFORM governance_refuse('vote_while_open', 'the ballot takes no votes at this time');
    END IF;
    IF box.cooperative_id <> NEW.cooperative_id OR NOT EXISTS (
        SELECT 1 FROM governance_ballotroll r
        WHERE r.ballot_id = NEW.ballot_id AND r.membership_id = NEW.membership_id
    ) THEN
        PERFORM governance_refuse('vote_on_roll', 'only who is on the roll votes');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_in_box BEFORE INSERT ON governance_vote
    FOR EACH ROW EXECUTE FUNCTION governance_vote_in_box();

CREATE FUNCTION governance_decision_true() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p governance_proposal; b governance_ballot; y integer; n integer; a integer;
BEGIN
    SELECT * INTO p FROM governance_proposal WHERE id = NEW.proposal_id;
    SELECT * INTO b FROM governance_ballot WHERE id = NEW.ballot_id;
    IF b.proposal_id <> p.id OR b.state <> 'certified' OR p.cooperative_id <> NEW.cooperative_id
        OR p.state <> (CASE WHEN NEW.passed THEN 'passed' ELSE 'failed' END)
        OR (b.outcome ->> 'passed')::boolean <> NEW.passed OR p.motion <> NEW.motion THEN
        PERFORM governance_refuse('decision_certified', 'no certified ballot says this');
    END IF;
    SELECT count(*) FILTER (WHERE choice = 'yes'), count(*) FILTER (WHERE choice = 'no'),
        count(*) FILTER (WHERE choice = 'abstain') INTO y, n, a
        FROM governance_vote WHERE ballot_id = b.id;
    IF y <> NEW.yes OR n <> NEW.no OR a <> NEW.abstain THEN
        PERFORM governance_refuse('decision_counts_votes', 'the votes in the box say otherwise');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_true BEFORE INSERT ON governance_decision
    FOR EACH ROW EXECUTE FUNCTION governance_decision_true();

CREATE FUNCTION governance_policy_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d governance_decision; founded date;
BEGIN
    IF NEW.founding THEN
        SELECT founded_on INTO founded FROM members_cooperative WHERE id = NEW.cooperative_id;
        IF NEW.effective_from <> founded THEN
            PERFORM governance_refuse('policy_not_backdated', 'founding terms hold from the founding');
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO d FROM governance_decision WHERE id = NEW.decision_id;
    IF d.id IS NULL THEN
        RETURN NEW; -- the check policy_has_decision or the foreign key says why not
    END IF;
    IF NOT d.passed OR d.cooperative_id <> NEW.cooperative_id OR NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(coalesce(d.motion -> 'changes', '[]'::jsonb)) c
        WHERE c ->> 'key' = NEW.key AND c -> 'terms' = NEW.terms
            AND (c ->> 'effective_from')::date <= NEW.effective_from
    ) THEN
        PERFORM governance_refuse('policy_from_decision', 'no passed decision says this');
    END IF;
    IF NEW.effective_from < d.certified_on THEN
        PERFORM governance_refuse('policy_not_backdated', 'no rule reaches back before its vote');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_lawful BEFORE INSERT ON governance_policyversion
    FOR EACH ROW EXECUTE FUNCTION governance_policy_lawful();
"""
REVERSE_GUARDS = """
DROP TRIGGER policy_lawful ON governance_policyversion;
DROP FUNCTION governance_policy_lawful();
DROP TRIGGER decision_true ON governance_decision;
DROP FUNCTION governance_decision_true();
DROP TRIGGER vote_in_box ON governance_vote;
DROP FUNCTION governance_vote_in_box();
DROP TRIGGER roll_frozen ON governance_ballotroll;
DROP FUNCTION governance_roll_frozen();
DROP TRIGGER ballot_moves ON governance_ballot;
DROP FUNCTION governance_ballot_moves();
DROP TRIGGER proposal_moves ON governance_proposal;
DROP FUNCTION governance_proposal_moves();
DROP FUNCTION governance_refuse(text, text);
"""
KEEP = "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON governance_{table}
    FOR EACH ROW EXECUTE FUNCTION letsema_append_only();
CREATE TRIGGER {table}_append_only_all BEFORE TRUNCATE ON governance_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION letsema_append_only();
"""
    for table in APPEND_ONLY
)
REVERSE_KEEP = "".join(
    f"""
DROP TRIGGER {table}_append_only_all ON governance_{table};
DROP TRIGGER {table}_append_only ON governance_{table};
"""
    for table in APPEND_ONLY
)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("coop_audit", "0002_append_only"),
        ("members", "0002_append_only"),
    ]
    operations = [
        migrations.RunSQL(GUARDS, REVERSE_GUARDS),
        migrations.RunSQL(KEEP, REVERSE_KEEP),
    ]
