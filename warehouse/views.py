"""The views analysts query, the same text on SQLite and PostgreSQL."""

from __future__ import annotations

from warehouse.views_analysis import ANALYSIS
from warehouse.views_star import STAR

_PLACES = (
    "page",
    "x0",
    "top",
    "x1",
    "bottom",
    "table_index",
    "row_index",
    "column_index",
    "paragraph_index",
)
_POINTED = "coalesce(k.page, k.table_index, k.paragraph_index) is not null"
_PLACE = ", ".join(f"case when {_POINTED} then k.{c} else o.{c} end as {c}" for c in _PLACES)
_ONLY_POINTED = ", ".join(f"k.{c}" for c in _PLACES)

_COUNTS_O, _COUNTS_K = (
    "case when d.layer is not null and not exists (select 1 from overridden_cell x where x.sha256 = d.sha256"
    f" and x.indicator = {a}.indicator and x.measure = {a}.measure) then (1 = 1) else (1 = 0) end"
    for a in ("o", "k")
)

EFFECTIVE_VALUE = f"""
create view effective_value as
select d.campaign, d.province_code, d.unit_code, d.unit_name, d.channel, {_COUNTS_O} as current, d.sha256,
       d.number as document_number, d.name as document_name, o.indicator, o.measure, o.unit,
       case when k.decision_id is null then o.value else k.value end as value,
       coalesce(k.status, 'reported') as status, o.raw, o.origin,
       case when k.decision_id is null then o.confidence else 1.0 end as confidence,
       case when k.decision_id is null then o.needs_review else (1 = 0) end as needs_review,
       {_PLACE}, k.actor as decided_by, k.decided_at
from document d
join observation o on o.extraction_id = d.extraction_id
left join decided k on k.sha256 = d.sha256 and k.indicator = o.indicator and k.measure = o.measure
union all
select d.campaign, d.province_code, d.unit_code, d.unit_name, d.channel, {_COUNTS_K}, d.sha256,
       d.number, d.name, k.indicator, k.measure, f.unit, k.value, k.status, '', 'annex', 1.0, (1 = 0),
       {_ONLY_POINTED}, k.actor, k.decided_at
from decided k
join document d on d.sha256 = k.sha256
left join form_cell f on f.campaign = d.campaign and f.indicator = k.indicator and f.measure = k.measure
where not exists (select 1 from observation o where o.extraction_id = d.extraction_id
                  and o.indicator = k.indicator and o.measure = k.measure)
"""

UNIT_VALUE = """
create view unit_value as
select campaign, province_code, unit_code, indicator, measure, value, sha256
from effective_value
where current = (1 = 1) and channel in ('district', 'direct') and status = 'reported' and value is not null
"""

UNIT_WHOLE = """
create view unit_whole as
select campaign, province_code, unit_code, indicator, measure, value from unit_value
union all
select v.campaign, v.province_code, v.unit_code, p.whole, v.measure, sum(v.value)
from unit_value v
join form_part p on p.campaign = v.campaign and p.part = v.indicator
where exists (select 1 from unit_value w where w.campaign = v.campaign and w.province_code = v.province_code
              and w.indicator = p.whole and w.measure = v.measure)
  and not exists (select 1 from unit_value w where w.campaign = v.campaign and w.unit_code = v.unit_code
                  and w.indicator = p.whole and w.measure = v.measure)
group by v.campaign, v.province_code, v.unit_code, p.whole, v.measure
"""

PROVINCE_STATE = """
create view province_state as
select s.campaign, s.province_code,
       case when exists (select 1 from document d where d.campaign = s.campaign and d.province_code = s.province_code
                         and d.layer is not null and d.channel in ('district', 'direct')
                         and d.approved = (1 = 0))
            then (1 = 1) else (1 = 0) end as provisional
from (select distinct campaign, province_code from obligation) s
"""

PROVINCE_ANNEX = """
create view province_annex as
select f.campaign, s.province_code, f.indicator, f.measure, f.unit,
       case when t.reported_count > 0 then t.reported_sum + t.parts_sum end as value,
       case when t.reported_count > 0 then t.reported_count + t.parts_count else 0 end as reports,
       case when s.provisional or coalesce(t.reported_count, 0) = 0 then (1 = 1) else (1 = 0) end as provisional
from form_cell f
join province_state s on s.campaign = f.campaign
left join province_total t on t.campaign = f.campaign and t.province_code = s.province_code
     and t.indicator = f.indicator and t.measure = f.measure
"""

UNIT_ANNEX = """
create view unit_annex as
select campaign, unit_code, unit_name, indicator, measure, unit, value, raw, status, confidence, needs_review,
       document_number, sha256 as document_sha256, decided_by
from effective_value where current = (1 = 1) and channel in ('district', 'direct')
"""

REPORTING_STATUS = """
create view reporting_status as
select b.campaign, b.unit_code, b.unit_name, b.channel,
       case when d.sha256 is null then 'missing'
            when b.due_on is not null and d.issued_on > b.due_on then 'late' else 'reported' end as status,
       d.number as document_number, d.name as document_name, d.issued_on, d.received_at
from obligation b
left join document d on d.campaign = b.campaign and d.unit_code = b.unit_code and d.current = (1 = 1)
union all
select d.campaign, d.unit_code, d.unit_name, d.channel, 'reported', d.number, d.name, d.issued_on, d.received_at
from document d
where d.current = (1 = 1) and d.channel in ('district', 'direct')
  and not exists (select 1 from obligation b where b.campaign = d.campaign and b.unit_code = d.unit_code)
union all
select d.campaign, d.unit_code, d.unit_name, d.channel, 'replaced', d.number, d.name, d.issued_on, d.received_at
from document d
where d.current = (1 = 0) and d.channel in ('district', 'direct')
  and exists (select 1 from document n where n.sha256 = d.superseded_by and coalesce(n.number, '') <> coalesce(d.number, ''))
"""

REPORTING_RATE = """
create view reporting_rate as
select b.campaign, b.province_code, c.channel, count(*) as expected,
       sum(case when s.status in ('reported', 'late') then 1 else 0 end) as reported,
       sum(case when s.status = 'reported' then 1 else 0 end) as on_time,
       round(100.0 * sum(case when s.status in ('reported', 'late') then 1 else 0 end) / count(*), 1) as reporting_rate,
       round(100.0 * sum(case when s.status = 'reported' then 1 else 0 end) / count(*), 1) as on_time_rate
from obligation b
join (select 'all' as channel union all select 'district' union all select 'direct') c
  on c.channel = 'all' or c.channel = b.channel
join reporting_status s on s.campaign = b.campaign and s.unit_code = b.unit_code
     and s.status in ('reported', 'late', 'missing')
group by b.campaign, b.province_code, c.channel
"""

REPORTING_RATE_BY_UNIT = """
create view reporting_rate_by_unit as
select b.province_code, b.unit_code, max(b.unit_name) as unit_name, count(*) as expected,
       sum(case when s.status in ('reported', 'late') then 1 else 0 end) as reported,
       sum(case when s.status = 'reported' then 1 else 0 end) as on_time,
       round(100.0 * sum(case when s.status in ('reported', 'late') then 1 else 0 end) / count(*), 1) as reporting_rate,
       round(100.0 * sum(case when s.status = 'reported' then 1 else 0 end) / count(*), 1) as on_time_rate
from obligation b
join reporting_status s on s.campaign = b.campaign and s.unit_code = b.unit_code
     and s.status in ('reported', 'late', 'missing')
group by b.province_code, b.unit_code
"""

OPEN_FINDINGS = """
create view open_findings as
select f.campaign, f.rule, f.severity, f.unit_code, d.number as document_number, d.name as document_name,
       f.indicator, f.measure, f.field, f.message, f.value, f.other_value, f.sha256 as document_sha256, f.opened_at
from finding f left join document d on d.sha256 = f.sha256
where f.gone_at is null and f.accepted_by is null
"""

PROVINCE_DECLARED = """
create view province_declared as
select campaign, province_code, indicator, measure, value, document_number
from effective_value where channel = 'province' and current = (1 = 1) and status = 'reported'
"""

EFFECTIVE_REFERENCE = """
create view effective_reference as
select d.sha256, r.number, r.document_type, r.issued_on, r.issuer
from reference r join document d on d.extraction_id = r.extraction_id
where not exists (select 1 from decided_field k where k.sha256 = d.sha256 and k.subject = 'references')
union all
select sha256, number, document_type, issued_on, issuer from decided_reference
"""

DIRECTIVES = """
create view directives as
select d.campaign, r.number, r.document_type, r.issued_on, r.issuer, d.number as cited_by
from effective_reference r join document d on d.sha256 = r.sha256
where d.campaign is not null
"""

NARRATIVES = """
create view narratives as
select d.campaign, d.unit_code, n.field, n.text, d.number as document_number, d.sha256 as document_sha256, n.folded,
       d.unit_name
from narrative n join document d on d.extraction_id = n.extraction_id
where d.campaign is not null and d.layer is not null
  and not exists (select 1 from decided_narrative k where k.sha256 = d.sha256 and k.field = n.field)
union all
select d.campaign, d.unit_code, k.field, k.text, d.number, d.sha256, k.folded, d.unit_name
from decided_narrative k join document d on d.sha256 = k.sha256
where d.campaign is not null and d.layer is not null and k.text is not null
"""

LINEAGE = """
create view lineage as
select v.campaign, v.province_code, v.indicator, v.measure, v.unit_code, v.sha256 as document_sha256, v.document_name,
       v.page, v.x0, v.top, v.x1, v.bottom, v.table_index, v.row_index, v.column_index, v.raw, v.value, v.decided_by,
       v.decided_at, cast(null as varchar(80)) as part, v.confidence, v.document_number, v.unit_name
from effective_value v
where v.current = (1 = 1) and v.channel in ('district', 'direct') and v.status = 'reported'
union all
select v.campaign, v.province_code, p.whole, v.measure, v.unit_code, v.sha256, v.document_name,
       v.page, v.x0, v.top, v.x1, v.bottom, v.table_index, v.row_index, v.column_index, v.raw, v.value, v.decided_by,
       v.decided_at, v.indicator, v.confidence, v.document_number, v.unit_name
from effective_value v
join form_part p on p.campaign = v.campaign and p.part = v.indicator
join current_observation w on w.campaign = v.campaign and w.province_code = v.province_code and w.unit_code = v.unit_code
     and w.indicator = p.whole and w.measure = v.measure and w.from_parts = (1 = 1)
join province_total t on t.campaign = w.campaign and t.province_code = w.province_code and t.indicator = w.indicator
     and t.measure = w.measure and t.reported_count > 0
where v.current = (1 = 1) and v.channel in ('district', 'direct') and v.status = 'reported' and v.value is not null
"""

UNREAD_DOCUMENTS = """
create view unread_documents as
select name as document_name, sha256 as document_sha256, status, error_code, error_message, received_at
from document where campaign is null or status = 'failed'
"""

ALL = (
    EFFECTIVE_VALUE,
    UNIT_VALUE,
    UNIT_WHOLE,
    PROVINCE_STATE,
    PROVINCE_ANNEX,
    UNIT_ANNEX,
    REPORTING_STATUS,
    REPORTING_RATE,
    REPORTING_RATE_BY_UNIT,
    OPEN_FINDINGS,
    PROVINCE_DECLARED,
    EFFECTIVE_REFERENCE,
    DIRECTIVES,
    NARRATIVES,
    LINEAGE,
    UNREAD_DOCUMENTS,
    *ANALYSIS,
    *STAR,
)
PUBLISHED = (
    "province_annex",
    "unit_annex",
    "reporting_status",
    "reporting_rate",
    "reporting_rate_by_unit",
    "open_findings",
    "province_declared",
    "directives",
    "narratives",
    "lineage",
    "unread_documents",
    "province_annex_wide",
    "directive_chain",
    "reviewer_effort",
    "data_quality",
    "narrative_words",
    "dim_campaign",
    "dim_indicator",
    "dim_unit",
    "dim_document",
    "fact_observation",
    "unit_annex_today",
    "province_annex_today",
)
"""Views in the order they are published, each under its own name."""
