"""Views for questions beyond the sums: wide table, chains of directives, effort, quality."""

from __future__ import annotations

PROVINCE_ANNEX_WIDE = """
create view province_annex_wide as
select a.campaign, a.province_code, i.position, i.ordinal, i.indicator, i.label, i.parent_label,
       max(case when a.measure = 'count' then a.unit end) as count_unit,
       max(case when a.measure = 'count' then a.value end) as count_value,
       max(case when a.measure = 'people' then a.unit end) as people_unit,
       max(case when a.measure = 'people' then a.value end) as people_value,
       max(a.reports) as reports,
       case when sum(case when a.provisional then 1 else 0 end) > 0 then (1 = 1) else (1 = 0) end as provisional
from province_annex a
join form_indicator i on i.campaign = a.campaign and i.indicator = a.indicator
group by a.campaign, a.province_code, i.position, i.ordinal, i.indicator, i.label, i.parent_label
"""

_SYMBOL = "upper(r.number)"

CITATION = f"""
create view citation as
select d.campaign, d.province_code, d.unit_code, d.unit_name, d.channel, d.sha256 as document_sha256,
       d.number as cited_by, r.number, r.document_type, r.issued_on, r.issuer,
       case when {_SYMBOL} like '%BGD%' then 'ministry'
            when {_SYMBOL} like '%PGD%' then 'district'
            when {_SYMBOL} like '%SGD%' then 'department'
            when {_SYMBOL} like '%UBND%' and (r.issuer like '%uyện%' or r.issuer like '%hị xã%'
                 or r.issuer like '%hành phố%' or r.issuer like '%UYỆN%') then 'district'
            when {_SYMBOL} like '%UBND%' then 'province'
            else 'other' end as level
from effective_reference r join document d on d.sha256 = r.sha256
where d.campaign is not null and d.current = (1 = 1)
"""

DIRECTIVE_CHAIN = """
create view directive_chain as
select c.campaign, c.level,
       case c.level when 'ministry' then 1 when 'province' then 2 when 'department' then 3
                    when 'district' then 4 else 5 end as step,
       c.number, c.document_type, c.issued_on, c.issuer, c.unit_code, c.unit_name, c.cited_by,
       n.citing as number_cited_by, m.number as majority_number, m.citing as majority_number_cited_by,
       t.issued_on as majority_issued_on, t.citing as majority_date_cited_by,
       case when m.number <> c.number and m.citing > n.citing then (1 = 1) else (1 = 0) end as number_differs,
       case when t.issued_on <> c.issued_on and t.citing > s.citing then (1 = 1) else (1 = 0) end as date_differs,
       c.document_sha256
from citation c
join (select campaign, number, count(distinct document_sha256) as citing from citation
      group by campaign, number) n
  on n.campaign = c.campaign and n.number = c.number
left join (select campaign, number, issued_on, count(distinct document_sha256) as citing from citation
           group by campaign, number, issued_on) s
  on s.campaign = c.campaign and s.number = c.number and s.issued_on = c.issued_on
left join (select x.*, row_number() over (partition by campaign, level, document_type, issued_on
                                          order by citing desc, number) as place
           from (select campaign, level, document_type, issued_on, number,
                        count(distinct document_sha256) as citing
                 from citation group by campaign, level, document_type, issued_on, number) x) m
  on m.place = 1 and m.campaign = c.campaign and m.level = c.level
     and coalesce(m.document_type, '') = coalesce(c.document_type, '') and m.issued_on = c.issued_on
left join (select y.*, row_number() over (partition by campaign, number order by citing desc, issued_on) as place
           from (select campaign, number, issued_on, count(distinct document_sha256) as citing
                 from citation where issued_on is not null group by campaign, number, issued_on) y) t
  on t.place = 1 and t.campaign = c.campaign and t.number = c.number
"""

REVIEWER_EFFORT = """
create view reviewer_effort as
select d.campaign, k.actor, count(*) as decisions, count(distinct k.sha256) as documents,
       sum(case when k.action = 'confirm' then 1 else 0 end) as confirmed,
       sum(case when k.action = 'correct' then 1 else 0 end) as corrected,
       sum(case when k.action = 'set_status' then 1 else 0 end) as status_set,
       sum(case when k.action = 'defer' then 1 else 0 end) as deferred,
       sum(case when k.action = 'undo' then 1 else 0 end) as undone,
       min(k.decided_at) as first_at, max(k.decided_at) as last_at
from decision k join document d on d.sha256 = k.sha256
group by d.campaign, k.actor
"""

DATA_QUALITY = """
create view data_quality as
select d.campaign, d.province_code, d.unit_code, d.unit_name, d.channel, d.number as document_number,
       d.sha256 as document_sha256, coalesce(s.cells, 0) as cells_expected,
       coalesce(v.reported, 0) as cells_reported, coalesce(v.to_review, 0) as cells_to_review,
       coalesce(v.decided, 0) as cells_decided, v.lowest_confidence, v.mean_confidence,
       coalesce(f.errors, 0) as open_errors, coalesce(f.warnings, 0) as open_warnings,
       case d.rendition_rank when 1 then 'office' when 2 then 'pdf_text' else 'scan' end as rendition
from document d
left join (select campaign, count(*) as cells from form_cell group by campaign) s on s.campaign = d.campaign
left join (select sha256, sum(case when value is not null then 1 else 0 end) as reported,
                  sum(case when needs_review then 1 else 0 end) as to_review,
                  sum(case when decided_by is not null then 1 else 0 end) as decided,
                  min(confidence) as lowest_confidence, avg(confidence) as mean_confidence
           from effective_value where current = (1 = 1) group by sha256) v on v.sha256 = d.sha256
left join (select document_sha256, sum(case when severity = 'error' then 1 else 0 end) as errors,
                  sum(case when severity = 'warning' then 1 else 0 end) as warnings
           from open_findings group by document_sha256) f on f.document_sha256 = d.sha256
where d.campaign is not null and d.current = (1 = 1)
"""

# Punctuation as spaces, so that whole words can be sought with LIKE on every engine.
_PADDED = "n.folded"
for _mark in (",", ".", ";", ":", "!", "?", "(", ")", "/", "-", '"'):
    _PADDED = f"replace({_PADDED}, '{_mark}', ' ')"

for _ in range(3):
    _PADDED = f"replace({_PADDED}, '  ', ' ')"

NARRATIVE_WORDS = f"""
create view narrative_words as
select n.campaign, n.unit_code, n.unit_name, n.field, n.document_number, n.document_sha256,
       ' ' || {_PADDED} || ' ' as words, n.text
from narratives n
"""

ANALYSIS = (
    PROVINCE_ANNEX_WIDE,
    CITATION,
    DIRECTIVE_CHAIN,
    REVIEWER_EFFORT,
    DATA_QUALITY,
    NARRATIVE_WORDS,
)
