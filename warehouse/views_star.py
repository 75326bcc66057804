"""The star: one fact table and its dimensions, with SDMX's words for what is measured."""

from __future__ import annotations

_ON_THE_DAY = "c.ends_on >= {0}.valid_from and ({0}.valid_to is null or c.ends_on < {0}.valid_to)"

DIM_CAMPAIGN = """
create view dim_campaign as
select campaign, title, year as time_period, starts_on, ends_on, due_on from campaign
"""

DIM_INDICATOR = """
create view dim_indicator as
select f.campaign, f.indicator, f.measure, i.label, i.parent, i.parent_label, f.unit as unit_measure,
       f.position, f.is_whole
from form_cell f
left join form_indicator i on i.campaign = f.campaign and i.indicator = f.indicator
"""

DIM_UNIT = f"""
create view dim_unit as
select k.campaign, k.unit_code, coalesce(b.unit_name, d.unit_name, u.unit_name) as unit_name,
       coalesce(b.channel, d.channel) as channel, coalesce(u.level, 'institution') as level,
       k.province_code, u.today_code, u.today_name,
       case when u.exact then (1 = 1) else (1 = 0) end as today_exact,
       coalesce(u.today_province_code, p.today_province_code) as today_province_code
from (select campaign, province_code, unit_code from obligation
      union
      select campaign, province_code, unit_code from document
      where campaign is not null and unit_code is not null and current = (1 = 1)) k
left join campaign c on c.campaign = k.campaign
left join obligation b on b.campaign = k.campaign and b.province_code = k.province_code and b.unit_code = k.unit_code
left join (select campaign, province_code, unit_code, max(unit_name) as unit_name, max(channel) as channel
           from document where current = (1 = 1) group by campaign, province_code, unit_code) d
  on d.campaign = k.campaign and d.province_code = k.province_code and d.unit_code = k.unit_code
left join unit_today u on u.unit_code = k.unit_code and {_ON_THE_DAY.format("u")}
left join unit_today p on p.unit_code = k.province_code and p.level = 'province' and {_ON_THE_DAY.format("p")}
"""

DIM_DOCUMENT = """
create view dim_document as
select d.sha256 as document_sha256, d.campaign, d.province_code, d.unit_code, d.channel,
       d.number as document_number, d.document_type, d.issued_on, d.received_at, d.name as document_name,
       d.status, d.current, d.superseded_by, e.parser_version, e.read_at
from document d join extraction e on e.id = d.extraction_id
"""

FACT_OBSERVATION = """
create view fact_observation as
select v.campaign, c.year as time_period, v.province_code, v.unit_code, v.indicator, v.measure,
       v.value as obs_value,
       case when v.status = 'not_applicable' then 'M' when v.value is null then 'O'
            when v.needs_review then 'U' else 'A' end as obs_status,
       v.unit as unit_measure, v.raw, v.origin, v.confidence, v.needs_review, v.sha256 as document_sha256,
       v.decided_by, v.decided_at
from effective_value v
left join campaign c on c.campaign = v.campaign
where v.current = (1 = 1) and v.channel in ('district', 'direct')
"""

UNIT_ANNEX_TODAY = """
create view unit_annex_today as
select v.campaign, v.province_code, v.unit_code, v.unit_name, v.channel, u.today_code, u.today_name,
       coalesce(u.today_province_code, p.today_province_code) as today_province_code,
       case when u.exact then (1 = 1) else (1 = 0) end as exact,
       case when u.unit_code is null then 'không phải đơn vị hành chính' else u.note end as note,
       v.indicator, v.measure, v.unit, v.value, v.sha256 as document_sha256
from effective_value v
join campaign c on c.campaign = v.campaign
left join unit_today u on u.unit_code = v.unit_code and v.channel = 'district'
     and c.ends_on >= u.valid_from and (u.valid_to is null or c.ends_on < u.valid_to)
left join unit_today p on p.unit_code = v.province_code and p.level = 'province'
     and c.ends_on >= p.valid_from and (p.valid_to is null or c.ends_on < p.valid_to)
where v.current = (1 = 1) and v.channel in ('district', 'direct') and v.status = 'reported'
  and v.value is not null
"""

PROVINCE_ANNEX_TODAY = """
create view province_annex_today as
select a.campaign, p.today_province_code as province_code, p.today_province_name as province_name,
       a.indicator, a.measure, a.unit, cast(sum(a.value) as bigint) as value,
       count(a.value) as provinces_counted, max(m.merged) as provinces_merged,
       case when count(a.value) = max(m.merged) then (1 = 1) else (1 = 0) end as exact
from province_annex a
join campaign c on c.campaign = a.campaign
join unit_today p on p.unit_code = a.province_code and p.level = 'province' and p.exact = (1 = 1)
     and c.ends_on >= p.valid_from and (p.valid_to is null or c.ends_on < p.valid_to)
join (select x.campaign, y.today_province_code, count(*) as merged
      from campaign x
      join unit_today y on y.level = 'province' and x.ends_on >= y.valid_from
           and (y.valid_to is null or x.ends_on < y.valid_to)
      where y.today_province_code is not null
      group by x.campaign, y.today_province_code) m
  on m.campaign = a.campaign and m.today_province_code = p.today_province_code
group by a.campaign, p.today_province_code, p.today_province_name, a.indicator, a.measure, a.unit
"""

STAR = (
    DIM_CAMPAIGN,
    DIM_INDICATOR,
    DIM_UNIT,
    DIM_DOCUMENT,
    FACT_OBSERVATION,
    UNIT_ANNEX_TODAY,
    PROVINCE_ANNEX_TODAY,
)
