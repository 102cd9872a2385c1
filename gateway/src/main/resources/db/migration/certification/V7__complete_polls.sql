-- An operator must see how long ago everything that other systems knew was taken over.
alter table certification.oms_poll add column complete_at timestamptz;
alter table certification.quality_poll add column complete_at timestamptz;
