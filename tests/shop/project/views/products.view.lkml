view: products {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: category { sql: ${TABLE}.category ;; }
  dimension: brand { sql: ${TABLE}.brand ;; }
  dimension: name { sql: ${TABLE}.name ;; }
  dimension: cost { type: number  sql: ${TABLE}.cost ;; }
  dimension: is_active { type: yesno  sql: ${TABLE}.is_active ;; }

  measure: count { type: count }
  measure: total_cost { type: sum  sql: ${cost} ;; }
}
